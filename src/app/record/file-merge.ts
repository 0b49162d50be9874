import { artifactOfPath } from "../../artifacts/artifact-path.ts";
import { findSecrets } from "../../artifacts/secrets.ts";
import { textProblems } from "../../artifacts/text-problems.ts";
import { type MergePolicyName, policyOf } from "../../collections/merge-policies.ts";
import type { UnitChoice } from "../../domain/conflicts.ts";
import type { CollectionPath } from "../../domain/paths.ts";
import { mergeFileWith } from "../../merge/merge-file.ts";
import type { FileBytes, MergeFile, MergeInput } from "../../merge/merge-port.ts";
import type { MergePolicy, MergeSpot } from "../../merge/merge-types.ts";
import type { Workbench } from "../workbench/workbench.ts";

export interface FileMergeOptions {
  /** What becomes of overlaps in this call; by default what the collection says of each spot. */
  readonly strategy?: MergePolicyName;
  /** Which side `last-write` takes; by default yours, which is what is written now. */
  readonly newer?: (input: MergeInput) => Promise<"yours" | "theirs">;
  /** What was chosen for units already, by their keys. */
  readonly choices?: ReadonlyMap<string, UnitChoice>;
}

/**
 * The merge of files that every use case calls: by the policies of the collection, and validated as what a runtime
 * reads. A result with a secret that neither side had is an overlap.
 */
export function fileMerge(bench: Workbench, options: FileMergeOptions = {}): MergeFile {
  return async (input) => {
    const { path } = input;
    const policies = await policiesFor(bench, input, options);
    const merge = mergeFileWith({
      validate: (text) => textProblems(path, text),
      policy: policies,
      ...(options.choices === undefined ? {} : { choices: options.choices }),
    });
    const result = await merge(input);
    if (result.status === "overlap" || !(await revealsSecret(bench, input, result.file))) return result;
    return { status: "overlap", rule: "X4", units: [], decisions: result.decisions };
  };
}

async function policiesFor(
  bench: Workbench,
  input: MergeInput,
  { strategy, newer }: FileMergeOptions,
): Promise<(spot: MergeSpot) => MergePolicy> {
  const { policy = "ask", rules = [] } = bench.located.file.merge ?? {};
  const kind = artifactOfPath(input.path)?.artifact.kind ?? null;
  const all = [strategy ?? policy, ...rules.map((rule) => rule.policy)];
  const later = all.includes("last-write") && newer !== undefined ? await newer(input) : "yours";
  return ({ keyPath }) => {
    const chosen = strategy ?? policyOf(rules, { kind, keyPath }, policy);
    return chosen === "last-write" ? later : chosen;
  };
}

/** Whether the parts of both sides came together to what looks like a secret. */
async function revealsSecret(
  bench: Workbench,
  sides: MergeInput,
  merged: FileBytes | null,
): Promise<boolean> {
  const { path } = sides;
  const found = await fingerprints(path, merged);
  if (found.size === 0) return false;
  const [yours, theirs] = [await fingerprints(path, sides.yours), await fingerprints(path, sides.theirs)];
  return [...found].some((one) => ![yours, theirs, bench.allowedSecrets].some((known) => known.has(one)));
}

async function fingerprints(path: CollectionPath, file: FileBytes | null): Promise<Set<string>> {
  if (file === null) return new Set();
  return new Set((await findSecrets(path, file.bytes)).map((one) => one.fingerprint));
}
