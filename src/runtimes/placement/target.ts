import type { ArtifactKind } from "../../domain/artifact-kinds.ts";
import type { Hiding, Runtime, RuntimePlace, TargetScope } from "../table/runtime.ts";
import { findRuntime } from "../table/table.ts";
import type { TargetRules } from "./target-rules.ts";

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
  /** The runtime reads the root's own files: there is no copy. */
  | { readonly how: "native"; readonly reason: string }
  | {
      readonly how: "write";
      readonly reason: string;
      readonly place: RuntimePlace;
      /** Further shared files that get the same keys: another program of the runtime reads them. */
      readonly beside: readonly RuntimePlace[];
    }
  | { readonly how: "unsupported"; readonly reason: string };

/** Folder instructions are read where they lie, unless another file hides them. */
export interface InstructionsPlan {
  readonly how: "native";
  readonly reason: string;
  readonly hiding: Hiding;
  /** How many folders below the project it is still read in. */
  readonly depthMost: number;
}

/**
 * What becomes of every kind at a target. `instructions` has a plan for each file name that the runtime reads
 * in place (`AGENTS.md`); these are rules outside the root, `kinds.rule` is for `rules/<name>.md`.
 */
export interface TargetPlan {
  readonly target: Target;
  /** The root's folder below the base: `.agents`, `.claude`, or another that no runtime knows. */
  readonly rootLayout: string;
  readonly kinds: Readonly<Record<Exclude<ArtifactKind, "report">, KindPlan>>;
  readonly instructions: ReadonlyMap<string, InstructionsPlan>;
  /** What the collection says of this target; absent where it says nothing. */
  readonly rules?: TargetRules;
}
