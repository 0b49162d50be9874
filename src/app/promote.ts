import { pathOfInner } from "../artifacts/artifact-path.ts";
import { formatArtifact } from "../domain/artifact-kinds.ts";
import { StetError } from "../domain/errors.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { artifactAmong, readArtifactArgument } from "./history/artifact-argument.ts";
import { type Answer, answer, type ChangeOutcome } from "./outcomes.ts";
import type { FileEdit } from "./record/change.ts";
import { freePath, nameProblem } from "./record/free-path.ts";
import { record } from "./record/record.ts";
import { locateCollection } from "./workbench/locate.ts";
import { openSibling } from "./workbench/sibling-bench.ts";
import { writing } from "./workbench/writing.ts";

/**
 * Moves a private draft to the project: one operation over both collections, which one undo takes back. No
 * runtime is written; the next sync carries it on. Throws E-EXISTS where the project has one of that name.
 */
export async function promote(
  environment: Environment,
  input: Omit<CallOptions, "scope"> & { readonly artifact: string; readonly message?: string },
): Promise<Answer<ChangeOutcome>> {
  const reference = readArtifactArgument(input.artifact);
  const drafts = await locateCollection(environment, "local");
  if (drafts === null) throw noDrafts(environment);
  return await writing(environment, { ...input, scope: "project" }, async (bench) => {
    await using sibling = await openSibling(bench, drafts.file.id);
    if (sibling === null) throw noDrafts(environment);
    const artifact = artifactAmong(await sibling.bench.present(), reference);
    await freePath(bench, reference);
    const edits = artifact.files.map(({ inner, entry }): FileEdit => {
      const path = pathOfInner(reference, inner);
      if (path === null) throw nameProblem(input.artifact, `There is no place for ${inner} in the project.`);
      return { path, after: entry, bytes: null };
    });
    const gone = artifact.files.map(({ path }): FileEdit => ({ path, after: null, bytes: null }));
    const outcome = await record(bench, {
      kind: "move",
      message: input.message ?? null,
      reason: input.claims?.reason ?? null,
      edits,
      beside: { bench: sibling.bench, edits: gone },
      details: { promoted: formatArtifact(reference) },
    });
    return answer(outcome, { notices: bench.notices, next: ["stet sync", "stet undo"] });
  });
}

function noDrafts(environment: Environment): StetError {
  return new StetError({
    code: "E-NO-COLLECTION",
    what: "This project has no private drafts.",
    where: environment.workingFolder,
    why: "There is no collection in stet/local of its root that the store knows.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet init --local --yes", summary: "begin them" }],
  });
}
