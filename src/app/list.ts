import type { Artifact } from "../artifacts/artifact.ts";
import { groupArtifacts } from "../artifacts/artifact.ts";
import { declaredName, readArtifactText } from "../artifacts/artifact-text.ts";
import { validateArtifact } from "../artifacts/validate.ts";
import { type ArtifactKind, formatArtifact } from "../domain/artifact-kinds.ts";
import type { Environment, ReadOptions } from "./environment.ts";
import { artifactVersion } from "./history/artifact-version.ts";
import { type Answer, answer, type ShownArtifact } from "./outcomes.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";

export interface ListInput extends ReadOptions {
  readonly kind?: ArtifactKind;
}

/** The artifacts of a collection, now or at an earlier time, by kind and name, with what is to be said of each. */
export async function listArtifacts(
  environment: Environment,
  input: ListInput = {},
): Promise<Answer<{ readonly artifacts: readonly ShownArtifact[] }>> {
  return await reading(environment, input, async (bench) => {
    const { entries } = await bench.present();
    const wanted = groupArtifacts(entries).filter(
      ({ reference }) => input.kind === undefined || reference.kind === input.kind,
    );
    const mains = await readMains(bench, wanted);
    const artifacts = wanted.map((artifact) =>
      shownArtifact(artifact, mains.get(formatArtifact(artifact.reference))),
    );
    return answer({ artifacts }, { notices: bench.notices, next: ["stet status", "stet log"] });
  });
}

/** The bytes of every artifact's main file, by `kind/name`. */
async function readMains(
  bench: Workbench,
  artifacts: readonly Artifact[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const withMain = artifacts.flatMap(({ reference, main }) => (main === null ? [] : [{ reference, main }]));
  const bytes = await bench.store.history.getMany(withMain.map(({ main }) => main.entry.blob));
  const mains = new Map<string, Uint8Array>();
  for (const [index, { reference }] of withMain.entries()) {
    const content = bytes[index];
    if (content !== undefined) mains.set(formatArtifact(reference), content);
  }
  return mains;
}

function shownArtifact(artifact: Artifact, main: Uint8Array | undefined): ShownArtifact {
  const { reference, files } = artifact;
  const text = main === undefined ? null : readArtifactText(reference.kind, main);
  const description = text?.fields?.description;
  return {
    kind: reference.kind,
    name: reference.name,
    declaredName: text === null ? null : declaredName(reference.kind, text),
    description: typeof description === "string" ? description : null,
    version: artifactVersion(artifact),
    files: files.length,
    problems: validateArtifact(artifact, main ?? null, "lenient")
      .filter((finding) => finding.severity !== "note")
      .map((finding) =>
        finding.line === null ? finding.message : `line ${finding.line}: ${finding.message}`,
      ),
  };
}
