import { formatArtifact } from "../domain/artifact-kinds.ts";
import { StetError } from "../domain/errors.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { artifactAmong, readArtifactArgument } from "./history/artifact-argument.ts";
import { artifactVersion } from "./history/artifact-version.ts";
import { type Answer, answer, type ChangeOutcome, type Skipped } from "./outcomes.ts";
import type { TargetEdit } from "./record/change.ts";
import { record } from "./record/record.ts";
import { canonicalArtifacts } from "./targets/canonical-artifacts.ts";
import { lookAtTargets, rowsOf } from "./targets/targets.ts";
import { withoutUpstream } from "./updates/tracking-edits.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface RemoveInput extends CallOptions {
  readonly artifact: string;
  /** Removes its copies at targets as well, each only where it is as stet wrote it. */
  readonly cascade?: boolean;
  /** The version that is meant: another one is not removed. */
  readonly version?: string;
}

/** Removes an artifact. All of its versions stay in history. */
export async function removeArtifact(
  environment: Environment,
  input: RemoveInput,
): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, input, async (bench) => {
    const reference = readArtifactArgument(input.artifact);
    const artifact = artifactAmong(await bench.present(), reference);
    const version = artifactVersion(artifact);
    if (input.version !== undefined && input.version !== version) throw changedSince(input.artifact, version);
    await confirmRemoval(input, formatArtifact(reference), artifact.files.length);
    const gone = new Set<string>(artifact.files.map((file) => file.path));
    const copies =
      input.cascade === true
        ? await copiesOf(bench, formatArtifact(reference), gone)
        : { edits: [], left: [], records: [] };
    const outcome = await record(bench, {
      kind: "remove",
      reason: input.claims?.reason ?? null,
      edits: [
        ...artifact.files.map(({ path }) => ({ path, after: null, bytes: null })),
        ...(await withoutUpstream(bench, formatArtifact(reference))),
      ],
      targets: copies.edits,
      local: { written: copies.records },
    });
    return answer(
      { ...outcome, skipped: copies.left },
      { notices: bench.notices, needsDecision: copies.left.length > 0, next: ["stet undo"] },
    );
  });
}

async function copiesOf(bench: Workbench, key: string, gone: ReadonlySet<string>) {
  const entries = new Map([...(await bench.present()).entries].filter(([path]) => !gone.has(path)));
  const artifacts = await canonicalArtifacts(bench, entries);
  const edits: TargetEdit[] = [];
  const left: Skipped[] = [];
  for (const state of await lookAtTargets(bench)) {
    const rows = (await rowsOf(bench, state, artifacts)).filter((row) => `${row.kind}/${row.name}` === key);
    for (const row of rows) {
      for (const { path, before } of row.remove) {
        edits.push({
          place: state.place,
          path,
          artifact: key,
          before,
          after: null,
          bytes: null,
        });
      }
      if (row.remove.length === 0) left.push({ what: `${key} ${row.target}`, reason: row.drift.reason });
    }
  }
  const records = [...Map.groupBy(edits, (edit) => edit.place.name)].map(([place, some]) => ({
    checkout: bench.checkout.id,
    place,
    put: [],
    drop: some.map((edit) => edit.path),
  }));
  return { edits, left, records };
}

async function confirmRemoval(input: RemoveInput, key: string, files: number): Promise<void> {
  if (input.yes === true) return;
  const question = `Remove ${key} (${files} ${files === 1 ? "file" : "files"})? Every version stays in history.`;
  if (input.confirm !== undefined && (await input.confirm(question))) return;
  throw new StetError({
    code: "E-CONFIRM",
    what: "The removal was not confirmed.",
    where: key,
    why: input.confirm === undefined ? "There is no terminal to ask on." : "The answer was no.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: `stet rm ${key} --yes`, summary: "remove it; undo brings it back" }],
  });
}

function changedSince(artifact: string, version: string): StetError {
  return new StetError({
    code: "E-CONFLICT",
    what: "The artifact has another version by now.",
    where: artifact,
    why: `Its present version is ${version}.`,
    kept: "Nothing was removed.",
    fixes: [{ cmd: `stet log ${artifact}`, summary: "see what changed" }],
  });
}
