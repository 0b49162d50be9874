import type { ArtifactKind } from "../../domain/artifact-kinds.ts";
import type { KindPlan, Target, TargetPlan } from "./target.ts";
import { extensionOf, targetPlan, type Variables } from "./target-plan.ts";

/** A target of a collection, and what it sees of the root. */
export interface PlannedTarget extends Target {
  readonly rootLayout: string;
}

/**
 * The plans of all targets of one collection, in their order. Where two runtimes read one folder, the first keeps
 * the copies there and the others read them: a file is never the copy of two targets.
 */
export function targetPlans(targets: readonly PlannedTarget[], variables: Variables): readonly TargetPlan[] {
  const keepers = new Map<string, TargetPlan>();
  return targets.map(({ runtime, scope, rootLayout }) => {
    const plan = targetPlan(runtime, scope, rootLayout, variables);
    const kinds = { ...plan.kinds };
    for (const kind of writtenKinds) {
      const one = plan.kinds[kind];
      if (one.how !== "write") continue;
      const folder = `${scope} ${one.place.path} ${extensionOf(one.place)}`;
      const keeper = keepers.get(folder);
      if (keeper === undefined) keepers.set(folder, plan);
      else kinds[kind] = readFromKeeper(plan, keeper, one.place.path);
    }
    return { ...plan, kinds };
  });
}

const writtenKinds: readonly Exclude<ArtifactKind, "report">[] = [
  ...(["skill", "agent", "command", "rule", "mcp", "hooks"] as const),
];

function readFromKeeper(plan: TargetPlan, keeper: TargetPlan, path: string): KindPlan {
  const { title } = plan.target.runtime;
  return {
    how: "native",
    reason: `${title} reads ${path}, where the copies for ${keeper.target.runtime.title} lie`,
  };
}
