import { pathOfInner } from "../artifacts/artifact-path.ts";
import { formatArtifact } from "../domain/artifact-kinds.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { artifactAmong, readArtifactArgument } from "./history/artifact-argument.ts";
import { type Answer, answer, type ChangeOutcome } from "./outcomes.ts";
import type { FileEdit } from "./record/change.ts";
import { freePath, nameProblem } from "./record/free-path.ts";
import { record } from "./record/record.ts";
import { renamedUpstream } from "./updates/tracking-edits.ts";
import { writing } from "./workbench/writing.ts";

/** Gives an artifact another name; its history follows, by the operation that names both. */
export async function moveArtifact(
  environment: Environment,
  input: CallOptions & { readonly from: string; readonly to: string },
): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, input, async (bench) => {
    const from = readArtifactArgument(input.from);
    const to = readArtifactArgument(input.to);
    if (from.kind !== to.kind) throw nameProblem(input.to, "An artifact keeps its kind when it is renamed.");
    const artifact = artifactAmong(await bench.present(), from);
    await freePath(bench, to);
    const edits: FileEdit[] = artifact.files.flatMap(({ inner, path, entry }) => {
      const target = pathOfInner(to, inner);
      if (target === null) throw nameProblem(input.to, `There is no place for ${inner} under that name.`);
      return [
        { path, after: null, bytes: null },
        { path: target, after: entry, bytes: null },
      ];
    });
    const outcome = await record(bench, {
      kind: "move",
      reason: input.claims?.reason ?? null,
      edits: [...edits, ...(await renamedUpstream(bench, from, to))],
      details: { from: formatArtifact(from), to: formatArtifact(to) },
    });
    return answer(outcome, { notices: bench.notices, next: ["stet sync", "stet undo"] });
  });
}
