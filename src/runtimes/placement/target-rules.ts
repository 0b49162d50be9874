/** What becomes of a row with fields that the runtime cannot express. */
export const onDropPolicies = ["report", "warn", "error"] as const;
export type OnDrop = (typeof onDropPolicies)[number];

/** A field that may differ at a target: neither side's value is carried to the other. */
export interface IgnoredField {
  readonly field: string;
  /** `agent/reviewer`; null for every artifact. */
  readonly artifact: string | null;
  readonly reason: string;
}

/** An artifact that stet no longer manages at a target: its file there is left as it is. */
export interface ReleasedCopy {
  readonly artifact: string;
  readonly reason: string;
}

/** What a collection says of one target, beside that it is carried there. */
export interface TargetRules {
  readonly onDrop: OnDrop;
  readonly ignored: readonly IgnoredField[];
  readonly released: readonly ReleasedCopy[];
  /** Commands become skills, for a runtime that has none. */
  readonly asSkill: boolean;
}

export const noTargetRules: TargetRules = { onDrop: "report", ignored: [], released: [], asSkill: false };

/** The fields that are ignored of one artifact. */
export function ignoredFields({ ignored }: TargetRules, artifact: string): readonly string[] {
  const mine = ignored.filter((one) => one.artifact === null || one.artifact === artifact);
  return [...new Set(mine.map(({ field }) => field))].sort();
}
