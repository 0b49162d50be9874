import { type MergePolicyName, mergePolicyNames } from "../collections/merge-policies.ts";
import type { WallClock } from "../domain/clock.ts";
import type { OperationId } from "../domain/ids.ts";
import type { Store } from "../store/store.ts";

/**
 * Everything a program would otherwise read by itself: passed in, so that the library never looks at the
 * process, and a simulation can stand in for it.
 */
export interface Environment {
  /** Absolute path of the folder a command was called in, or was pointed at with -C. */
  readonly workingFolder: string;
  readonly homeFolder: string;
  /** `$STET_HOME`, or the platform's data folder. */
  readonly storeFolder: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly clock: WallClock;
  readonly random: (count: number) => Uint8Array;
  readonly user: string;
  readonly host: string;
  readonly processId: number;
  readonly platform: string;
  /** Told what goes on, for a spinner or a log. Never needed for correctness. */
  readonly progress: (step: ProgressStep) => void;
  /**
   * Aborted when the person interrupts. An operation that has not committed yet stops with E-INTERRUPTED; one
   * that has finishes first. Absent where nobody can interrupt.
   */
  readonly interrupt?: AbortSignal;
  /** A store that is open already, lent by a program that makes many calls: no call opens or closes one. */
  readonly lent?: Store;
}

/** `total` is null while it is not known. */
export interface ProgressStep {
  readonly what: string;
  readonly done: number;
  readonly total: number | null;
}

/** What a caller says of itself; absent fields are taken from the environment. */
export interface CallerClaims {
  readonly actor?: string;
  readonly agent?: string;
  readonly model?: string;
  readonly session?: string;
  readonly reason?: string;
  /**
   * Who calls comes from another process than this one: what this process's own variables show of a runtime says
   * nothing of it. `verified` where a token proved that it is the person.
   */
  readonly from?: "elsewhere" | "verified";
}

/** Options that every use case takes. */
export interface CallOptions {
  readonly claims?: CallerClaims;
  readonly scope?: Scope;
  /** Accepts the plan as shown; it never chooses sides. */
  readonly yes?: boolean;
  /** Asks a person; undefined where there is none to ask. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** The id of the operation that this call records: sent again, a call with the same id records nothing twice. */
  readonly recordAs?: OperationId;
}

/** Options of a use case that shows the collection as it is, or as it was. */
export interface ReadOptions extends CallOptions {
  /** An operation, commit, pin, branch or time; absent for now. */
  readonly at?: string;
}

/** Options of a use case that may have to merge. */
export interface MergingOptions extends CallOptions {
  /** What becomes of every spot that two writers changed; by default what the collection says of it. */
  readonly strategy?: MergePolicyName;
}

export const mergeStrategies = mergePolicyNames;

export const scopes = ["project", "user", "local"] as const;
export type Scope = (typeof scopes)[number];
