import { noTargetRules, type OnDrop, type TargetRules } from "../runtimes/placement/target-rules.ts";

/** A field that may differ at a target, and why. */
interface IgnoredEntry {
  /** The target in full: `cursor:project`. */
  readonly target: string;
  readonly field: string;
  /** `agent/reviewer`; null for every artifact. */
  readonly artifact: string | null;
  readonly reason: string;
  readonly by: string;
}

/** A copy that is no longer managed, and why. */
interface ReleasedEntry {
  readonly target: string;
  readonly artifact: string;
  readonly reason: string;
  readonly by: string;
}

/** How a collection is carried to its targets: what `collection.toml` says of it beside their names. */
export interface Carrying {
  readonly onDrop: OnDrop;
  readonly ignore: readonly IgnoredEntry[];
  readonly release: readonly ReleasedEntry[];
  /** Targets at which commands become skills. */
  readonly asSkill: readonly string[];
  /** Targets that a watch brings up to date by itself. */
  readonly autoSync: readonly string[];
}

export const noCarrying: Carrying = {
  onDrop: "report",
  ignore: [],
  release: [],
  asSkill: [],
  autoSync: [],
};

/** What is said of one target. */
export function targetRules(carrying: Carrying | undefined, target: string): TargetRules {
  if (carrying === undefined) return noTargetRules;
  return {
    onDrop: carrying.onDrop,
    ignored: carrying.ignore.filter((one) => one.target === target),
    released: carrying.release.filter((one) => one.target === target),
    asSkill: carrying.asSkill.includes(target),
  };
}
