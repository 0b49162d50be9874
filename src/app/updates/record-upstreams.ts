import { artifactOfPath } from "../../artifacts/artifact-path.ts";
import type { LockEntry } from "../../collections/lock/lock-file.ts";
import type { UpstreamEntry } from "../../collections/manifest/upstream-entry.ts";
import { claimedActor } from "../../domain/actors.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { isoFromMicros } from "../../domain/clock.ts";
import type { OperationKind } from "../../domain/operations.ts";
import type { CollectionPath } from "../../domain/paths.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import type { FileDecision, FileOverlap } from "../../snapshot/snapshot-merge.ts";
import type { LocalBatch } from "../../store/checkout-store.ts";
import { pushHold } from "../capture/git-look.ts";
import type { CallOptions } from "../environment.ts";
import type { ChangeOutcome, LeftRow } from "../outcomes.ts";
import type { FileEdit, TargetEdit } from "../record/change.ts";
import { conflictOf } from "../record/conflict-of.ts";
import { record } from "../record/record.ts";
import { canonicalArtifacts } from "../targets/canonical-artifacts.ts";
import { loopHold } from "../targets/loop-hold.ts";
import { safeRows } from "../targets/safe-rows.ts";
import { TakenEdits } from "../targets/taken-edits.ts";
import { choosePushes } from "../targets/target-choice.ts";
import { targetEdits } from "../targets/target-edits.ts";
import { lookAtTargets, rowsOf } from "../targets/targets.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { type Arrival, versionLabel } from "./arrival.ts";
import type { Tracked } from "./tracked.ts";
import { trackingEdits } from "./tracking-edits.ts";
import { keepBase } from "./upstream-base.ts";

/** What becomes of one third-party artifact. */
export interface UpstreamChange {
  readonly key: string;
  /** As the manifest is to say it; null takes it out of manifest and lock. */
  readonly entry: UpstreamEntry | null;
  /** The version that it stands on from now; null leaves the lock as it is. */
  readonly arrival: Arrival | null;
  readonly edits: readonly FileEdit[];
  readonly conflicts: readonly FileOverlap[];
  readonly decisions: readonly FileDecision[];
}

/**
 * Records changes of third-party artifacts as one operation: files, manifest, lock, what the next update is merged
 * from, and targets. All of it happens, or none (P2).
 */
export async function recordUpstreams(
  bench: Workbench,
  tracked: Tracked,
  changes: readonly UpstreamChange[],
  operation: {
    readonly kind: OperationKind;
    readonly options: CallOptions;
    readonly details: Readonly<Record<string, string>>;
  },
): Promise<ChangeOutcome> {
  const known = new Set((await bench.store.history.pins(bench.collection)).map((one) => one.name));
  const bases = changes.flatMap(({ entry, arrival }) =>
    entry === null || arrival === null ? [] : [keepBase(bench, entry, arrival, known)],
  );
  const edits = [...changes.flatMap((one) => one.edits), ...fileEdits(bench, tracked, changes)];
  const overlaps = changes.flatMap(({ key, conflicts }) => conflicts.map((overlap) => ({ key, overlap })));
  const keep = bases.flatMap((one) => one.objects);
  const pushes = await pushesAfter(bench, edits, keep, new Set(overlaps.map((one) => one.key)));
  const outcome = await record(bench, {
    kind: operation.kind,
    reason: operation.options.claims?.reason ?? null,
    edits,
    targets: pushes.edits,
    local: { written: pushes.records },
    keep,
    pins: bases.flatMap((one) => one.pins),
    conflicts: (id) =>
      overlaps.map(({ key, overlap }) => {
        const from = sourceName(changes, key);
        return { ...conflictOf(bench, id, overlap, from), yoursActor: claimedActor(from, "unknown") };
      }),
    decisions: changes.flatMap((one) => one.decisions),
    details: operation.details,
    evenIfEmpty: overlaps.length > 0,
  });
  return { ...outcome, skipped: pushes.left.filter((one) => one.waits) };
}

function fileEdits(
  bench: Workbench,
  tracked: Tracked,
  changes: readonly UpstreamChange[],
): readonly FileEdit[] {
  const locked = new Map<string, LockEntry | null>();
  for (const { key, entry, arrival } of changes) {
    if (entry === null) locked.set(key, null);
    else if (arrival !== null) locked.set(key, lockEntry(bench, entry, arrival));
  }
  return trackingEdits(tracked, new Map(changes.map(({ key, entry }) => [key, entry] as const)), locked);
}

function lockEntry(bench: Workbench, entry: UpstreamEntry, arrival: Arrival): LockEntry {
  return {
    artifact: entry.artifact,
    source: entry.source,
    asked: entry.pin ?? entry.range ?? entry.ref,
    commit: arrival.commit,
    tag: arrival.tag,
    version: arrival.version,
    path: arrival.path,
    tree: arrival.tree,
    base: arrival.snapshot.id,
    files: arrival.entries,
    licence: arrival.licence,
    publisher: arrival.publisher,
    released: arrival.released,
    at: isoFromMicros(bench.environment.clock.now()),
    by: bench.actor.name,
  };
}

/** Targets follow by the same rows as a sync; an artifact that waits for a decision stays there as it is. */
async function pushesAfter(
  bench: Workbench,
  edits: readonly FileEdit[],
  keep: readonly NewObject[],
  conflicting: ReadonlySet<string>,
) {
  const touched = new Set(
    edits.flatMap(({ path }) => {
      const part = artifactOfPath(path);
      return part === null ? [] : [formatArtifact(part.artifact)];
    }),
  );
  const entries = new Map((await bench.present()).entries);
  for (const { path, after } of edits) {
    if (after === null) entries.delete(path);
    else entries.set(path, after);
  }
  const taken = new TakenEdits(bench, entries, {});
  for (const { after, bytes } of edits)
    if (after !== null && bytes !== null) taken.blobs.set(after.blob, bytes);
  for (const object of keep) if (object.kind === "blob") taken.blobs.set(object.id, object.bytes);
  const isWanted = ({ kind, name }: { readonly kind: string; readonly name: string }) =>
    touched.has(`${kind}/${name}`) && !conflicting.has(`${kind}/${name}`);
  const artifacts = await canonicalArtifacts(bench, entries);
  const pushed: TargetEdit[] = [];
  const left: LeftRow[] = [];
  const written: NonNullable<LocalBatch["written"]>[number][] = [];
  for (const state of await lookAtTargets(bench)) {
    const all = (await rowsOf(bench, state, artifacts, { extra: taken.blobs })).filter(isWanted);
    const rows = await safeRows(bench, all, taken.readBlob);
    const hold = pushHold(bench) ?? (await loopHold(bench, state, rows));
    const pushes = choosePushes(rows, { direction: "push", taken, hold, mayDo: () => true });
    for (const row of pushes.rows) taken.keepReplaced(state, row);
    pushed.push(...targetEdits(state, pushes.rows, taken));
    left.push(...pushes.left);
    const put = [...pushes.recorded, ...pushes.rows.flatMap((row) => row.recordAfterPush)];
    if (put.length + pushes.forgotten.length === 0) continue;
    written.push({ checkout: bench.checkout.id, place: state.id, put, drop: pushes.forgotten });
  }
  return { edits: pushed, left, records: written };
}

function sourceName(changes: readonly UpstreamChange[], key: string): string {
  const change = changes.find((one) => one.key === key);
  const arrival = change?.arrival ?? null;
  const version = arrival === null ? "" : ` ${versionLabel({ ...arrival, base: arrival.snapshot.id })}`;
  return `upstream ${key}${version}`;
}

/** Edits that put an arrival where nothing stands. */
export function editsOfArrival(
  { entries, blobs }: Pick<Arrival, "entries" | "blobs">,
  placeOf: (inner: CollectionPath) => CollectionPath | null,
): readonly FileEdit[] {
  const bytes = new Map(blobs.map((blob) => [blob.id, blob.bytes]));
  return [...entries].flatMap(([inner, after]) => {
    const path = placeOf(inner);
    return path === null ? [] : [{ path, after, bytes: bytes.get(after.blob) ?? null }];
  });
}
