import { artifactOfPath } from "../../artifacts/artifact-path.ts";
import { findSecrets } from "../../artifacts/secrets.ts";
import { textProblems } from "../../artifacts/text-problems.ts";
import type { CollectionFile } from "../../collections/collection-file.ts";
import { type MergePolicyName, policyOf } from "../../collections/merge-policies.ts";
import type { UnitChoice } from "../../domain/conflicts.ts";
import type { CollectionPath } from "../../domain/paths.ts";
import type { FileBytes, MergeFile, MergeInput } from "../../merge/merge-port.ts";
import type { MergePolicy, MergeSpot, TextFormat } from "../../merge/merge-types.ts";

/** What a collection says of merges; one that says nothing asks. */
export type MergeRules = Pick<CollectionFile, "merge" | "allow">;

export interface FileMergeOptions {
  /** What becomes of overlaps in this call; by default what the collection says of each spot. */
  readonly strategy?: MergePolicyName;
  /** Which side `last-write` takes; by default yours, which is what is written now. */
  readonly newer?: (input: MergeInput) => Promise<"yours" | "theirs">;
  /** What the file is read as; by default what its path says. */
  readonly format?: TextFormat;
  /** What was chosen for units already, by their keys. */
  readonly choices?: ReadonlyMap<string, UnitChoice>;
}

/**
 * The merge of files that every use case calls: by the policies of the collection, and validated as what a runtime
 * reads. A result with a secret that neither side had is an overlap.
 */
export function fileMerge(rules: MergeRules, options: FileMergeOptions = {}): MergeFile {
  return async (input) => {
    const { path } = input;
    const policies = await policiesFor(rules, input, options);
    // Few commands come to merge anything: what does is not loaded before.
    const { mergeFileWith } = await import("../../merge/merge-file.ts");
    const merge = mergeFileWith({
      validate: (text) => textProblems(path, text),
      policy: policies,
      ...(options.format === undefined ? {} : { format: options.format }),
      ...(options.choices === undefined ? {} : { choices: options.choices }),
    });
    const result = await merge(input);
    if (result.status === "overlap" || !(await revealsSecret(rules, input, result.file))) return result;
    return { status: "overlap", rule: "X4", units: [], decisions: result.decisions };
  };
}

async function policiesFor(
  rules: MergeRules,
  input: MergeInput,
  { strategy, newer }: FileMergeOptions,
): Promise<(spot: MergeSpot) => MergePolicy> {
  const { policy = "ask", rules: named = [] } = rules.merge ?? {};
  const kind = artifactOfPath(input.path)?.artifact.kind ?? null;
  const all = [strategy ?? policy, ...named.map((rule) => rule.policy)];
  const later = all.includes("last-write") && newer !== undefined ? await newer(input) : "yours";
  return ({ keyPath }) => {
    const chosen = strategy ?? policyOf(named, { kind, keyPath }, policy);
    return chosen === "last-write" ? later : chosen;
  };
}

/** Whether the parts of both sides came together to what looks like a secret. */
async function revealsSecret(
  rules: MergeRules,
  sides: MergeInput,
  merged: FileBytes | null,
): Promise<boolean> {
  const { path } = sides;
  const found = await fingerprints(path, merged);
  if (found.size === 0) return false;
  const [yours, theirs] = [await fingerprints(path, sides.yours), await fingerprints(path, sides.theirs)];
  const allowed = new Set(rules.allow.map((one) => one.fingerprint));
  return [...found].some((one) => ![yours, theirs, allowed].some((known) => known.has(one)));
}

async function fingerprints(path: CollectionPath, file: FileBytes | null): Promise<Set<string>> {
  if (file === null) return new Set();
  return new Set((await findSecrets(path, file.bytes)).map((one) => one.fingerprint));
}
