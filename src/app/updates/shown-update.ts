import type { TrustFinding } from "../../collections/trust/trust-finding.ts";
import { versionLabel } from "./arrival.ts";
import type { UpdateRow, UpdateState } from "./update-row.ts";

/** One artifact with an upstream, as every face shows it. */
export interface ShownUpdate {
  readonly artifact: string;
  readonly source: string;
  readonly state: UpdateState;
  readonly reason: string;
  /** The version here, and the one that upstream has; null where it is not known. */
  readonly have: string | null;
  readonly latest: string | null;
  /** Files that changed upstream since, and here. */
  readonly theirs: number;
  readonly yours: number;
  /** Spots that both changed, in how many files. */
  readonly overlaps: number;
  readonly findings: readonly TrustFinding[];
}

export function shownUpdate(row: UpdateRow): ShownUpdate {
  const { key, entry, have, state, reason, arrival, findings, theirs, yours, merged } = row;
  return {
    artifact: key,
    source: entry.source,
    state,
    reason,
    have: have === null ? null : versionLabel(have),
    latest: arrival === null ? null : versionLabel({ ...arrival, base: arrival.snapshot.id }),
    theirs,
    yours,
    overlaps: merged?.conflicts.length ?? 0,
    findings,
  };
}

/** States in which something waits for a person. */
export const waitingStates: ReadonlySet<UpdateState> = new Set([
  "security",
  "gone",
  "unreachable",
  "removed",
  "missing",
]);
/** States in which an update writes. */
export const writingStates: ReadonlySet<UpdateState> = new Set(["ready", "merges", "asks"]);
