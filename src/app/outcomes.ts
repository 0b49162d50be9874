import type { Actor } from "../domain/actors.ts";
import type { ArtifactKind } from "../domain/artifact-kinds.ts";
import type { ConflictId, OperationId } from "../domain/ids.ts";

/** A change as every face shows it: `before` and `after` are blob ids, null for absent. */
export interface ShownChange {
  readonly collection: string;
  /** Path in the collection; for a target's file `<target>:<path>`. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Skipped {
  readonly what: string;
  readonly reason: string;
}

/** A row that was left alone; `waits` where a person has to decide. */
export interface LeftRow extends Skipped {
  readonly waits: boolean;
  /** The whole target is left alone, because another program keeps putting its own version back. */
  readonly isPaused?: true;
}

/** What a merge decided by itself at one spot, by the rule that it went by. */
export interface ShownDecision {
  readonly path: string;
  readonly rule: string;
  /** A key path or headings; empty for the whole file. */
  readonly where: string;
  readonly mark: "look" | "order" | "security" | null;
  /** The side that a policy or a choice took where the rule asks; null where the rule decided. */
  readonly took: "yours" | "theirs" | "both" | "text" | null;
}

/** What `save`, `undo`, `redo`, `revert`, `restore`, `sync`, `push`, `pull` and their like answer. */
export interface ChangeOutcome {
  /** Null where there was nothing to do. */
  readonly operation: OperationId | null;
  readonly changed: readonly ShownChange[];
  readonly conflicts: readonly ConflictId[];
  readonly skipped: readonly Skipped[];
  /** What was merged inside files, spot by spot. */
  readonly decisions: readonly ShownDecision[];
}

/** One line of a plan: `+` create, `~` change, `-` delete, `?` wait for a decision, `=` leave. */
export interface PlanLine {
  readonly sign: "+" | "~" | "-" | "?" | "=";
  readonly text: string;
}

export const nothingChanged: ChangeOutcome = {
  operation: null,
  changed: [],
  conflicts: [],
  skipped: [],
  decisions: [],
};

/** What a use case found worth saying beside its data: a face prints it on stderr, or as `notices`. */
export interface Notice {
  readonly code: string;
  readonly text: string;
}

/** Data of a use case, and what goes with it. `next` are commands that make sense now. */
export interface Answer<Data> {
  readonly data: Data;
  readonly notices: readonly Notice[];
  readonly next: readonly string[];
  /** Set where the safe part is done and something waits for a decision (exit code 4). */
  readonly needsDecision: boolean;
}

export function answer<Data>(data: Data, extra: Partial<Omit<Answer<Data>, "data">> = {}): Answer<Data> {
  return { data, notices: [], next: [], needsDecision: false, ...extra };
}

export interface ShownOperation {
  readonly id: OperationId;
  /** ISO 8601 with microseconds. */
  readonly at: string;
  readonly actor: Actor;
  readonly kind: string;
  readonly reason: string | null;
  readonly message: string | null;
  readonly changes: readonly ShownChange[];
  readonly undoes: OperationId | null;
  readonly semVerBump: string | null;
  readonly breakingChanges: readonly string[];
  /** One line for people: "edited Usage, Flags". */
  readonly summary: string;
  readonly details: Readonly<Record<string, string>>;
}

export interface ShownArtifact {
  readonly kind: ArtifactKind;
  readonly name: string;
  readonly declaredName: string | null;
  readonly description: string | null;
  readonly version: string;
  readonly files: number;
  readonly problems: readonly string[];
}

export interface StatusRow {
  readonly kind: ArtifactKind;
  readonly name: string;
  readonly target: string;
  readonly state: string;
  readonly reason: string;
  /** What the runtime cannot express of it, field by field; only where it was asked for. */
  readonly dropped?: readonly { readonly field: string; readonly why: string }[];
}

export interface StatusData {
  readonly collections: readonly {
    readonly name: string;
    readonly root: string;
    readonly artifacts: number;
  }[];
  readonly targets: readonly { readonly runtime: string; readonly scope: string; readonly path: string }[];
  readonly rows: readonly StatusRow[];
  readonly conflicts: readonly {
    readonly id: ConflictId;
    readonly kind: string | null;
    readonly name: string;
  }[];
  readonly pending: readonly { readonly operation: OperationId; readonly reason: string }[];
}

export interface InitData {
  readonly collection: string;
  readonly root: string;
  readonly imported: Readonly<Record<"skill" | "agent" | "command" | "rule", number>>;
  readonly operation: OperationId | null;
}
