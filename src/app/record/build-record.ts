import { artifactOfPath } from "../../artifacts/artifact-path.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { sameEntry } from "../../domain/files.ts";
import type { CollectionId, CommitId, OperationId, SnapshotId } from "../../domain/ids.ts";
import type { OperationDraft, PathChange, RefMove } from "../../domain/operations.ts";
import { emptySnapshot } from "../../snapshot/build-snapshot.ts";
import { encodeCommit } from "../../snapshot/commit.ts";
import { editSnapshot } from "../../snapshot/edit-snapshot.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import { overlaySource } from "../../snapshot/overlay-source.ts";
import type { Checkout, LocalBatch } from "../../store/checkout-store.ts";
import type { WriteBatch } from "../../store/history-store.ts";
import type { DiskChange } from "../../workspace/disk-change.ts";
import { shownChange } from "../history/shown.ts";
import type { ChangeOutcome } from "../outcomes.ts";
import type { Present } from "../workbench/present.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { Change, FileEdit, TargetEdit } from "./change.ts";
import { withWriters } from "./conflict-writers.ts";
import { decisionDetails, shownDecisions } from "./decisions.ts";
import { describeEdits } from "./describe-edits.ts";
import { keyOfTarget, sharedFileChanges } from "./shared-files.ts";

/** A change as it is written: what goes into the store, what becomes of files, and what is answered. */
export interface BuiltRecord {
  readonly operation: OperationId;
  readonly batch: WriteBatch;
  readonly local: LocalBatch;
  readonly disk: readonly DiskChange[];
  /** Where this checkout, and the one beside it, stand once it is written. */
  readonly moves: readonly { readonly bench: Workbench; readonly checkout: Checkout }[];
  /** What is present once it is written; null where no canonical file changes. */
  readonly present: Present | null;
  readonly outcome: ChangeOutcome;
}

/**
 * Builds the snapshot, the commit and the operation of a change on what is present. Null where there is nothing to
 * record. `pending` are objects that will be written before it.
 */
export async function buildRecord(
  bench: Workbench,
  present: Present,
  change: Change,
  pending: readonly NewObject[] = [],
): Promise<BuiltRecord | null> {
  const edits = change.edits.filter((edit) => !sameEntry(present.entries.get(edit.path) ?? null, edit.after));
  const targets = change.targets ?? [];
  const shared = await sharedFileChanges(bench, targets);
  const isEmpty = edits.length === 0 && targets.length === 0 && !change.mergeParent && !change.goTo;
  if (isEmpty && !change.evenIfEmpty) return null;

  const operation = change.id ?? bench.nextOperation();
  const commit = await buildCommit(bench, present, change, edits, pending);
  const conflicts = await withWriters(bench, change.conflicts?.(operation) ?? []);
  const beside = change.beside === undefined ? null : await besideOf(change, change.beside);
  const changes = [
    ...(beside?.changes ?? []),
    ...edits.map((edit) => canonicalChange(bench, present, edit)),
    ...targets.map((edit) => targetChange(bench, edit)),
  ];
  const draft = draftOf(bench, change, operation, changes, commit.id);
  const batch: WriteBatch = {
    objects: [
      ...blobsOf(edits, targets, present),
      ...shared.objects,
      ...(change.keep ?? []),
      ...commit.objects,
      ...(beside?.objects ?? []),
    ],
    ahead: edits.flatMap(({ after, bytes }) => (after === null || bytes !== null ? [] : [after.blob])),
    operation: beside === null ? draft : withBeside(draft, beside),
    openConflicts: conflicts,
    settleConflicts: change.settles ?? [],
    pins: (change.pins ?? []).map((pin) => ({ ...pin, collection: bench.collection, operation })),
    unpins: change.unpins ?? [],
  };
  const own = localOf(bench, change, commit.id);
  const local = {
    ...own,
    checkouts: [...(own.checkouts ?? []), ...(beside?.checkouts ?? [])],
    written: [...(own.written ?? []), ...shared.written],
  };
  const whole = targets.filter(({ place, path }) => keyOfTarget(place.name, path) === null);
  const ofTargets = whole.map(({ place, path, before, after }) => ({ place, path, before, after }));
  return {
    operation,
    batch,
    local,
    disk: [...ofTargets, ...shared.disk, ...rootChanges(bench, present, edits), ...(beside?.disk ?? [])],
    moves: movesOf(bench, change, commit.id, beside),
    present:
      commit.snapshot === null
        ? null
        : { commit: commit.id, snapshot: commit.snapshot, entries: withEdits(present, edits) },
    outcome: {
      operation,
      changed: changes.map(shownChange),
      conflicts: conflicts.map((one) => one.id),
      skipped: [],
      decisions: shownDecisions(change.decisions ?? []),
    },
  };
}

function movesOf(
  bench: Workbench,
  { goTo, beside: other }: Change,
  commit: CommitId | null,
  beside: Beside | null,
): BuiltRecord["moves"] {
  const own = commit === null ? [] : [{ bench, checkout: bench.movedCheckout(commit, goTo?.branch) }];
  const others = beside?.checkouts ?? [];
  return [...own, ...others.flatMap((checkout) => (other ? [{ bench: other.bench, checkout }] : []))];
}

function withEdits({ entries }: Present, edits: readonly FileEdit[]): Present["entries"] {
  const after = new Map(entries);
  for (const edit of edits) {
    if (edit.after === null) after.delete(edit.path);
    else after.set(edit.path, edit.after);
  }
  return after;
}

function rootChanges(bench: Workbench, present: Present, edits: readonly FileEdit[]): readonly DiskChange[] {
  return edits.flatMap(({ path, after, onDisk, found }) => {
    if (onDisk) return [];
    return [{ place: bench.root, path, before: found ?? present.entries.get(path) ?? null, after }];
  });
}

interface Beside {
  readonly collection: CollectionId;
  readonly changes: readonly PathChange[];
  readonly objects: readonly NewObject[];
  readonly refs: readonly RefMove[];
  readonly checkouts: readonly Checkout[];
  readonly disk: readonly DiskChange[];
}

/** The part of an operation that another collection has in it, with a commit of its own. */
async function besideOf(
  change: Change,
  { bench, edits: all }: NonNullable<Change["beside"]>,
): Promise<Beside> {
  const present = await bench.presentAround(all.map((edit) => edit.path));
  const edits = all.filter((edit) => !sameEntry(present.entries.get(edit.path) ?? null, edit.after));
  const side: Change = { kind: change.kind, edits, message: change.message ?? null };
  const commit = await buildCommit(bench, present, side, edits);
  return {
    collection: bench.collection,
    changes: edits.map((edit) => canonicalChange(bench, present, edit)),
    objects: [...blobsOf(edits, [], present), ...commit.objects],
    refs: ownMoves(bench, side, commit.id),
    checkouts: commit.id === null ? [] : [bench.movedCheckout(commit.id)],
    disk: rootChanges(bench, present, edits),
  };
}

function withBeside(draft: OperationDraft, beside: Beside): OperationDraft {
  return {
    ...draft,
    collections: [...draft.collections, beside.collection],
    refs: [...draft.refs, ...beside.refs],
  };
}

interface BuiltCommit {
  /** Null where no canonical file changes and nothing is merged: the operation then moves no ref. */
  readonly id: CommitId | null;
  /** Null where no commit is made. */
  readonly snapshot: SnapshotId | null;
  readonly objects: readonly NewObject[];
}

async function buildCommit(
  bench: Workbench,
  present: Present,
  change: Change,
  edits: readonly FileEdit[],
  pending: readonly NewObject[] = [],
): Promise<BuiltCommit> {
  if (change.goTo !== undefined) return { id: change.goTo.commit, snapshot: null, objects: [] };
  if (edits.length === 0 && !change.mergeParent) return { id: null, snapshot: null, objects: [] };
  const tree = await editSnapshot(
    overlaySource([...emptySnapshot().nodes, ...pending], bench.store.history),
    present.snapshot,
    new Map(edits.map((edit) => [edit.path, edit.after])),
  );
  const described = await describeEdits(bench, present, edits);
  const actor = change.author ?? change.actor ?? bench.actor;
  const parents = present.commit === null ? [] : [present.commit];
  const commit = encodeCommit(
    {
      snapshot: tree.id,
      parents: change.mergeParent ? [...parents, change.mergeParent] : parents,
      author: { name: actor.name, kind: actor.kind },
      agentId: actor.agentId,
      modelId: actor.modelId,
      toolchainId: actor.runtime,
      promptHash: null,
      session: actor.session,
      message: change.message ?? null,
      committedAt: bench.environment.clock.now(),
      branch: bench.checkout.branch,
      semVerBump: described.bump,
      breakingChanges: described.breaking,
      metadata: {},
      structuredDelta: described.deltas,
    },
    bench.environment.random(16),
  );
  const objects: readonly NewObject[] = [...tree.nodes, { kind: "commit", ...commit }];
  return { id: commit.id, snapshot: tree.id, objects };
}

function draftOf(
  bench: Workbench,
  change: Change,
  id: OperationId,
  changes: readonly PathChange[],
  commit: CommitId | null,
): OperationDraft {
  return {
    id,
    collections: [bench.collection],
    actor: change.actor ?? bench.actor,
    kind: change.kind,
    reason: change.reason ?? null,
    message: change.message ?? null,
    refs: [...ownMoves(bench, change, commit), ...(change.refs ?? [])],
    changes,
    undoes: change.undoes ?? null,
    group: change.group ?? null,
    details: { ...decisionDetails(change.decisions ?? []), ...change.details },
  };
}

/** A new commit takes the branch and the checkout along; going to one that is there takes only the checkout. */
function ownMoves(bench: Workbench, change: Change, after: CommitId | null): readonly RefMove[] {
  if (after === null) return [];
  const before = bench.checkout.materialised;
  const checkout = { name: bench.checkoutRef, before, after };
  return change.goTo === undefined ? [{ name: bench.branchRef, before, after }, checkout] : [checkout];
}

function canonicalChange(bench: Workbench, present: Present, edit: FileEdit): PathChange {
  const part = artifactOfPath(edit.path);
  return {
    collection: bench.collection,
    path: edit.path,
    target: null,
    artifact: part === null ? null : formatArtifact(part.artifact),
    before: present.entries.get(edit.path) ?? null,
    after: edit.after,
  };
}

function targetChange(bench: Workbench, edit: TargetEdit): PathChange {
  return {
    collection: bench.collection,
    path: edit.path,
    target: edit.place.name,
    artifact: edit.artifact,
    before: edit.before,
    after: edit.after,
  };
}

function blobsOf(
  edits: readonly FileEdit[],
  targets: readonly TargetEdit[],
  present: Present,
): readonly NewObject[] {
  const blobs = new Map<string, NewObject>();
  for (const { path, after, bytes } of edits) {
    if (after === null || bytes === null) continue;
    const previous = present.entries.get(path)?.blob;
    blobs.set(after.blob, {
      kind: "blob",
      id: after.blob,
      bytes,
      ...(previous === undefined ? {} : { previous }),
    });
  }
  for (const { after, bytes } of targets) {
    if (after !== null && bytes !== null) blobs.set(after.blob, { kind: "blob", id: after.blob, bytes });
  }
  return [...blobs.values()];
}

function localOf(bench: Workbench, change: Change, commit: CommitId | null): LocalBatch {
  return commit === null
    ? (change.local ?? {})
    : { ...change.local, checkouts: [bench.movedCheckout(commit, change.goTo?.branch)] };
}
