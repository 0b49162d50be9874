import type { ArtifactKind } from "../domain/artifact-kinds.ts";

/**
 * What becomes of a spot that two writers changed: `ask` is the default; `theirs` and `yours` take a side; `union`
 * keeps both; `last-write` takes the side that was written later. Both sides stay in history.
 */
export const mergePolicyNames = ["ask", "theirs", "yours", "union", "last-write"] as const;
export type MergePolicyName = (typeof mergePolicyNames)[number];

/** A policy for the spots that it names; absent fields name all. */
export interface MergePolicyRule {
  readonly kind?: ArtifactKind;
  /** A key path with dots, `tools` or `hooks.PreToolUse`: that key and all below it. In frontmatter as in data. */
  readonly key?: string;
  readonly policy: MergePolicyName;
}

/** The policy of one spot: the rule that says most of it decides, of several the last; `otherwise` where none does. */
export function policyOf(
  rules: readonly MergePolicyRule[],
  spot: { readonly kind: ArtifactKind | null; readonly keyPath: readonly string[] | null },
  otherwise: MergePolicyName,
): MergePolicyName {
  let found: { readonly weight: number; readonly policy: MergePolicyName } = {
    weight: -1,
    policy: otherwise,
  };
  for (const { kind, key, policy } of rules) {
    if (kind !== undefined && kind !== spot.kind) continue;
    const segments = key === undefined ? [] : key.split(".");
    const isWithin = segments.every((segment, index) => spot.keyPath?.[index] === segment);
    if (!isWithin) continue;
    const weight = segments.length * 2 + (kind === undefined ? 0 : 1);
    if (weight >= found.weight) found = { weight, policy };
  }
  return found.policy;
}
