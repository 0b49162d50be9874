import type { Runtime, TargetScope } from "../table/runtime.ts";
import { runtimes } from "../table/table.ts";

/** A runtime that is used, and the file or folder that shows it. */
export interface UsedRuntime {
  readonly runtime: Runtime;
  /** Below the base. */
  readonly sign: string;
}

/** The runtimes that are used, each with the first of its signs. `exists` tells of a path below the base. */
export function usedRuntimes(scope: TargetScope, exists: (path: string) => boolean): readonly UsedRuntime[] {
  return runtimes.flatMap((runtime) => {
    const found = runtime.detection.find((sign) => sign.scope === scope && exists(sign.path));
    return found === undefined ? [] : [{ runtime, sign: found.path }];
  });
}

/** Paths to look for before `usedRuntimes` and `proposeRoot` are asked. */
export function detectionPaths(scope: TargetScope): readonly string[] {
  const signs = runtimes.flatMap(({ detection }) => detection.filter((sign) => sign.scope === scope));
  return [...new Set([".agents", ...signs.map(({ path }) => path)])];
}

export interface RootProposal {
  /** The root's folder below the base. */
  readonly root: ".agents" | ".claude";
  readonly reason: string;
}

/**
 * The root to propose (DESIGN 5.4): `.claude` in place where Claude Code alone is used, so that nothing is
 * copied; `.agents` where several runtimes are, where it is there already, and where nothing is.
 */
export function proposeRoot(used: readonly UsedRuntime[], agentsFolderExists: boolean): RootProposal {
  if (agentsFolderExists) return { root: ".agents", reason: "the folder .agents is there already" };
  const first = used[0]?.runtime;
  if (used.length === 1 && first?.id === "claude") {
    return { root: ".claude", reason: "only Claude Code is used here, and it reads .claude itself" };
  }
  const titles = used.map(({ runtime }) => runtime.title).join(" and ");
  if (first === undefined) return { root: ".agents", reason: "most runtimes read .agents" };
  return { root: ".agents", reason: used.length > 1 ? `${titles} are used here` : `${titles} reads .agents` };
}
