import { changeSummary } from "../../artifacts/change-summary.ts";
import { isoFromMicros } from "../../domain/clock.ts";
import type { ArtifactDelta, VersionBump } from "../../domain/commits.ts";
import type { Operation, PathChange } from "../../domain/operations.ts";
import type { StoredCommit } from "../../store/history-store.ts";
import type { ShownChange, ShownOperation } from "../outcomes.ts";

/** A change in the shape that every face shows. */
export function shownChange(change: PathChange): ShownChange {
  return {
    collection: change.collection,
    path: change.target === null ? change.path : `${change.target}:${change.path}`,
    before: change.before?.blob ?? null,
    after: change.after?.blob ?? null,
  };
}

/** An operation in the shape that every face shows; `commit` is the one that it made, where it made one. */
export function shownOperation(operation: Operation, commit: StoredCommit | undefined): ShownOperation {
  return {
    id: operation.id,
    at: isoFromMicros(operation.at),
    actor: operation.actor,
    kind: operation.kind,
    reason: operation.reason,
    message: operation.message,
    changes: operation.changes.map(shownChange),
    undoes: operation.undoes,
    semVerBump: commit?.semVerBump ?? null,
    breakingChanges: commit?.breakingChanges ?? [],
    summary: summaryOf(operation, commit?.structuredDelta ?? []),
    details: operation.details,
  };
}

const bumpOrder: Record<VersionBump, number> = { patch: 1, minor: 2, major: 3 };

/** The bump of several changes together: the greatest. */
export function greatestBump(bumps: readonly (VersionBump | null)[]): VersionBump | null {
  let greatest: VersionBump | null = null;
  for (const bump of bumps) {
    if (bump !== null && (greatest === null || bumpOrder[bump] > bumpOrder[greatest])) greatest = bump;
  }
  return greatest;
}

/** One line of what happened: `skill/pdf: edited Usage, Flags`. */
function summaryOf(operation: Operation, deltas: readonly ArtifactDelta[]): string {
  if (operation.message !== null) return operation.message.split("\n")[0] ?? "";
  const targets = new Set(operation.changes.flatMap((change) => change.target ?? []));
  const parts = deltas.slice(0, 3).map(deltaSummary);
  if (deltas.length > 3) parts.push(`and ${deltas.length - 3} more`);
  if (targets.size > 0) parts.push(`wrote ${[...targets].sort().join(", ")}`);
  if (parts.length > 0) return parts.join("; ");
  const count = operation.changes.length;
  return count === 0 ? "" : `${count} ${count === 1 ? "file" : "files"}`;
}

function deltaSummary(delta: ArtifactDelta): string {
  return delta.change === "changed" ? `${delta.artifact}: ${changeSummary(delta)}` : changeSummary(delta);
}
