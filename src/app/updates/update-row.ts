import type { UpdatePolicy, UpdateStrategy } from "../../collections/collection-file.ts";
import type { LockEntry } from "../../collections/lock/lock-file.ts";
import type { UpstreamEntry } from "../../collections/manifest/upstream-entry.ts";
import type { TrustFinding } from "../../collections/trust/trust-finding.ts";
import type { MergedSnapshot } from "../../snapshot/merge-snapshots.ts";
import type { Arrival } from "./arrival.ts";

/**
 * Where an artifact stands against its upstream:
 * - `current`: nothing of it changed there; `ready`: it changed there and not here;
 * - `merges`: both changed, and it goes through; `asks`: both changed the same spots;
 * - `security`: something has to be allowed first; `waiting`: the version is younger than the cool-down;
 * - `pinned`, `ignored`: held here; `gone`: upstream no longer has it; `removed`: it is not here any more;
 * - `missing`: it is in the manifest and was never installed; `unreachable`: the source gave no answer.
 */
export type UpdateState =
  | "current"
  | "ready"
  | "merges"
  | "asks"
  | "security"
  | "waiting"
  | "pinned"
  | "ignored"
  | "gone"
  | "removed"
  | "missing"
  | "unreachable";

/** One artifact with an upstream, and what an update of it would do. */
export interface UpdateRow {
  readonly key: string;
  readonly entry: UpstreamEntry;
  readonly have: LockEntry | null;
  readonly state: UpdateState;
  /** One line: why it stands there. */
  readonly reason: string;
  readonly arrival: Arrival | null;
  readonly findings: readonly TrustFinding[];
  /** Files that changed upstream, and here, since the base. */
  readonly theirs: number;
  readonly yours: number;
  readonly strategy: UpdateStrategy;
  /** What would be written here; null where nothing would. */
  readonly merged: MergedSnapshot | null;
}

/** What holds for every row of one command. */
export interface RowOptions {
  /** As the command says it; else what the collection says. */
  readonly strategy: UpdateStrategy | null;
  readonly policy: UpdatePolicy;
  /** Fingerprints that may pass. */
  readonly allowed: ReadonlySet<string>;
  /** Named by the user: what is young, or ignored, is taken all the same. */
  readonly isNamed: boolean;
  /** Microseconds. */
  readonly now: number;
}
