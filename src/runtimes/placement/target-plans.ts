import type { ArtifactKind } from "../../domain/artifact-kinds.ts";
import type { Runtime, RuntimePlace } from "../table/runtime.ts";
import type { KindPlan, Target, TargetPlan } from "./target.ts";
import { extensionOf, targetPlan, type Variables } from "./target-plan.ts";
import type { TargetRules } from "./target-rules.ts";

/** A target of a collection, and what it sees of the root. */
export interface PlannedTarget extends Target {
  readonly rootLayout: string;
  readonly rules?: TargetRules;
}

/**
 * The plans of all targets of one collection, in their order. Where two runtimes read one folder, the first keeps
 * the copies there and the others read them: a file is never the copy of two targets. A runtime that has no place
 * of its own for a kind reads those copies as well, where it reads that folder.
 */
export function targetPlans(targets: readonly PlannedTarget[], variables: Variables): readonly TargetPlan[] {
  const alone = targets.map(({ runtime, scope, rootLayout, rules }): TargetPlan => {
    const used = rules?.asSkill === true ? withCommandsAsSkills(runtime) : runtime;
    const plan = targetPlan(used, scope, rootLayout, variables);
    return rules === undefined ? plan : { ...plan, rules };
  });
  const keepers = new Map<string, TargetPlan>();
  for (const plan of alone) {
    for (const kind of carriedKinds) {
      const one = plan.kinds[kind];
      if (one.how !== "write") continue;
      const folder = folderKey(one.place);
      if (!keepers.has(folder)) keepers.set(folder, plan);
    }
  }
  return alone.map((plan) => {
    const kinds = { ...plan.kinds };
    for (const kind of carriedKinds) kinds[kind] = sharedPlan(plan, kind, keepers);
    return { ...plan, kinds };
  });
}

function sharedPlan(plan: TargetPlan, kind: CarriedKind, keepers: ReadonlyMap<string, TargetPlan>): KindPlan {
  const own = plan.kinds[kind];
  const { runtime, scope } = plan.target;
  if (own.how === "native") return own;
  const read =
    own.how === "write"
      ? [own.place]
      : runtime.places.filter(
          (place) => place.kind === kind && place.scope === scope && place.role === "read",
        );
  for (const place of read) {
    const keeper = keepers.get(folderKey(place));
    if (keeper === undefined || keeper === plan) continue;
    const lie = `where the copies for ${keeper.target.runtime.title} lie`;
    return { how: "native", reason: `${runtime.title} reads ${place.path}, ${lie}` };
  }
  return own;
}

function folderKey(place: RuntimePlace): string {
  return [place.scope, place.kind, place.path, extensionOf(place)].join(" ");
}

type CarriedKind = Exclude<ArtifactKind, "report">;

const carriedKinds: readonly CarriedKind[] = ["skill", "agent", "command", "rule", "mcp", "hooks"];
/** The runtime with a place for commands among its skills; as it is where it has commands, or no such place. */
function withCommandsAsSkills(runtime: Runtime): Runtime {
  const { commandsAsSkills: as } = runtime;
  if (as === undefined) return runtime;
  return {
    ...runtime,
    places: [...runtime.places.filter(({ kind }) => kind !== "command"), ...as.places],
    unsupported: runtime.unsupported.filter(({ kind }) => kind !== "command"),
    adapters: { ...runtime.adapters, command: as.adapter },
  };
}
