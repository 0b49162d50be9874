import type { Actor } from "../domain/actors.ts";
import { type ArtifactReference, formatArtifact } from "../domain/artifact-kinds.ts";
import { isoFromMicros } from "../domain/clock.ts";
import { StetError } from "../domain/errors.ts";
import { readBlob } from "./cat.ts";
import type { Environment, ReadOptions } from "./environment.ts";
import { artifactAmong, readArtifactArgument } from "./history/artifact-argument.ts";
import { FileAncestry } from "./history/file-ancestry.ts";
import { linesOf } from "./history/line-origins.ts";
import { shownText } from "./history/text-diff.ts";
import { type Shares, sharesOf } from "./history/writer-shares.ts";
import { type Answer, answer } from "./outcomes.ts";
import { reading } from "./workbench/reading.ts";

export interface BlameInput extends ReadOptions {
  /** `skill/pdf`. */
  readonly artifact: string;
  /** One of its files by its path inside the artifact; absent for the main one. */
  readonly path?: string;
}

export interface BlamedLine {
  /** From 1. */
  readonly line: number;
  /** Without its line end; secrets are masked. */
  readonly text: string;
  /** The operation that brought it, when, and who wrote it. */
  readonly operation: string;
  readonly at: string;
  readonly actor: Actor;
}

export interface BlameData {
  readonly path: string;
  readonly lines: readonly BlamedLine[];
  readonly shares: Shares;
}

/**
 * Who wrote each line of a file that stands now, or stood at an earlier time. What undo, restore, a merge or git brought back is told by
 * those who wrote it; a line that nobody claimed is unknown.
 * Throws E-NOT-FOUND, and E-INVALID for a file that is not text.
 */
export async function blame(environment: Environment, input: BlameInput): Promise<Answer<BlameData>> {
  return await reading(environment, input, async (bench) => {
    const reference = readArtifactArgument(input.artifact);
    const artifact = artifactAmong(await bench.present(), reference);
    const file =
      input.path === undefined
        ? (artifact.main ?? artifact.files[0])
        : artifact.files.find((one) => one.inner === input.path || one.path === input.path);
    if (file === undefined) throw noSuchFile(reference, input.path ?? "");
    const bytes = await readBlob(bench, file.entry.blob, file.path);
    const shown = await shownText(file.path, bytes, bench.allowedSecrets);
    if (shown === null) throw notText(file.path);
    const texts = linesOf(shown);
    const origins = await new FileAncestry(bench).origins(
      { artifact: reference, path: file.path, blob: file.entry.blob },
      texts.length,
    );
    const lines = origins.map(({ operation, actor }, index) => ({
      line: index + 1,
      text: texts[index] ?? "",
      operation: operation.id,
      at: isoFromMicros(operation.at),
      actor,
    }));
    const [first] = lines;
    return answer(
      { path: file.path, lines, shares: sharesOf(lines.map((line) => line.actor)) },
      { notices: bench.notices, next: first === undefined ? [] : [`stet show ${first.operation}`] },
    );
  });
}

function noSuchFile(reference: ArtifactReference, path: string): StetError {
  return new StetError({
    code: "E-NOT-FOUND",
    what: "The artifact has no such file.",
    where: `${formatArtifact(reference)}:${path}`,
    why: "No file of that path belongs to it now.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: `stet log ${formatArtifact(reference)}`, summary: "see which files it has and had" }],
  });
}

function notText(where: string): StetError {
  return new StetError({
    code: "E-INVALID",
    what: "It has no lines that somebody could have written.",
    where,
    why: "The file is not UTF-8 text.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet log", summary: "see who changed it as a whole" }],
  });
}
