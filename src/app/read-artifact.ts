import type { Artifact } from "../artifacts/artifact.ts";
import { declaredName, readArtifactText } from "../artifacts/artifact-text.ts";
import type { Finding } from "../artifacts/finding.ts";
import { validateArtifact } from "../artifacts/validate.ts";
import { type ArtifactReference, formatArtifact } from "../domain/artifact-kinds.ts";
import { executableMode } from "../domain/files.ts";
import type { ConflictId } from "../domain/ids.ts";
import { decodeText } from "../formats/text-shape.ts";
import { readBlob } from "./cat.ts";
import type { Environment, ReadOptions } from "./environment.ts";
import { artifactAmong } from "./history/artifact-argument.ts";
import { artifactVersion } from "./history/artifact-version.ts";
import { shownText } from "./history/text-diff.ts";
import { type Answer, answer } from "./outcomes.ts";
import { lastWriterOf } from "./submit/last-writer.ts";
import { mtimeOf, writtenMeanwhile } from "./submit/main-file.ts";
import type { RefusedText } from "./submit/submission.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface ReadArtifactInput extends ReadOptions {
  readonly artifact: ArtifactReference;
}

export interface ArtifactData {
  /** Path of its main file in the collection; null for a folder without one. */
  readonly path: string | null;
  /** The main file's text; null where there is none, or it is no text. */
  readonly content: string | null;
  /** Set where a secret stands in it, which is masked in `content`. */
  readonly masked: boolean;
  /** Nanoseconds, in decimal digits; null for an earlier time and where there is no main file. */
  readonly mtime: string | null;
  readonly version: string;
  readonly declaredName: string | null;
  readonly description: string | null;
  /** Frontmatter or keys as they were read; null where there are none. */
  readonly fields: Readonly<Record<string, unknown>> | null;
  readonly files: readonly ArtifactFileData[];
  readonly problems: readonly Finding[];
  readonly conflicts: readonly ConflictId[];
  readonly lastChange: RefusedText["theirs"];
}

export interface ArtifactFileData {
  /** Path inside the artifact. */
  readonly path: string;
  readonly size: number;
  readonly executable: boolean;
  readonly blob: string;
}

/**
 * An artifact with the text of its main file, and what a save of it is compared with: its version, and the time of
 * the very file that holds this text. Throws E-NOT-FOUND.
 */
export async function readArtifact(
  environment: Environment,
  input: ReadArtifactInput,
): Promise<Answer<ArtifactData>> {
  const found = await reading(environment, input, async (bench) => {
    const data = await dataOf(bench, input);
    const isUnsure = data.mtime === null && data.path !== null && input.at === undefined;
    return isUnsure && !bench.isReadOnly ? null : answer(data, { notices: bench.notices });
  });
  if (found !== null) return found;
  // Somebody is writing it this moment: it is read once they have finished.
  return await writing(environment, { ...input, loss: "withhold" }, async (bench) => {
    const data = await dataOf(bench, input);
    if (data.mtime === null && data.path !== null) throw writtenMeanwhile(data.path);
    return answer(data, { notices: bench.notices });
  });
}

async function dataOf(bench: Workbench, input: ReadArtifactInput): Promise<ArtifactData> {
  const artifact = artifactAmong(await bench.present(), input.artifact);
  const { main } = artifact;
  const bytes = main === null ? null : await readBlob(bench, main.entry.blob, main.path);
  const parsed = bytes === null ? null : readArtifactText(artifact.reference.kind, bytes);
  const shown = await contentOf(bench, main?.path ?? "", bytes);
  const isNow = input.at === undefined && main !== null;
  const key = formatArtifact(artifact.reference);
  const description = parsed?.fields?.description;
  return {
    path: main?.path ?? null,
    ...shown,
    mtime: isNow ? mtimeOf(bench, main.path, main.entry.blob) : null,
    version: artifactVersion(artifact),
    declaredName: parsed === null ? null : declaredName(artifact.reference.kind, parsed),
    description: typeof description === "string" ? description : null,
    fields: shown.masked ? null : (parsed?.fields ?? null),
    files: filesOf(artifact),
    problems: validateArtifact(artifact, bytes, "lenient"),
    conflicts: (await bench.openConflicts()).flatMap((one) => (one.artifact === key ? [one.id] : [])),
    lastChange: await lastWriterOf(bench, artifact.reference),
  };
}

async function contentOf(
  bench: Workbench,
  path: string,
  bytes: Uint8Array | null,
): Promise<Pick<ArtifactData, "content" | "masked">> {
  const text = bytes === null ? null : decodeText(bytes);
  if (bytes === null || text === null) return { content: null, masked: false };
  const shown = await shownText(path, bytes, bench.allowedSecrets);
  return { content: shown, masked: shown !== text };
}

function filesOf(artifact: Artifact): readonly ArtifactFileData[] {
  return artifact.files.map(({ inner, entry }) => ({
    path: inner,
    size: entry.size,
    executable: entry.mode === executableMode,
    blob: entry.blob,
  }));
}
