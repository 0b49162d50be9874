import type { ArtifactKind } from "../domain/artifact-kinds.ts";
import type { Runtime, RuntimePlace, TargetScope } from "./runtime.ts";
import { findRuntime } from "./table.ts";

/** `claude:project`: a runtime's copy at one scope. Also the name of its place in the checkout store. */
export type TargetId = string;

export interface Target {
  readonly runtime: Runtime;
  readonly scope: TargetScope;
}

export function targetId(target: Target): TargetId {
  return `${target.runtime.id}:${target.scope}`;
}

/** Reads `claude:project`; undefined where runtime or scope is not known. */
export function parseTargetId(text: string): Target | undefined {
  const [id, scope, ...rest] = text.split(":");
  const runtime = findRuntime(id ?? "");
  if (runtime === undefined || rest.length > 0 || (scope !== "project" && scope !== "user")) return undefined;
  return { runtime, scope };
}

/** What becomes of one kind of artifact at a target. */
export type KindPlan =
  /** The runtime reads the root's own files: there is no copy. `hiddenBy`: files that switch this off. */
  | { readonly how: "native"; readonly reason: string; readonly hiddenBy: readonly string[] }
  | { readonly how: "write"; readonly reason: string; readonly place: RuntimePlace }
  | { readonly how: "unsupported"; readonly reason: string };

/**
 * What becomes of every kind at a target. `instructions` is the plan of `AGENTS.md` in place, which is of
 * the kind rule and lies outside the root; `kinds.rule` is that of `rules/<name>.md`.
 */
export interface TargetPlan {
  readonly target: Target;
  /** The root's folder below the base: `.agents`, `.claude`, or another that no runtime knows. */
  readonly rootLayout: string;
  readonly kinds: Readonly<Record<Exclude<ArtifactKind, "report">, KindPlan>>;
  readonly instructions: KindPlan;
}
