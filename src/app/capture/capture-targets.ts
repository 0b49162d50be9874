import { type Actor, sameActor } from "../../domain/actors.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { type FileEntry, sameEntry } from "../../domain/files.ts";
import { randomId } from "../../domain/ids.ts";
import type { PathChange } from "../../domain/operations.ts";
import type { TargetRow } from "../../runtimes/drift/sync-row.ts";
import { targetGroups } from "../../runtimes/drift/target-groups.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import { diskPath } from "../../workspace/place-paths.ts";
import { readSteady } from "../../workspace/read-steady.ts";
import { shownChange } from "../history/shown.ts";
import { type ChangeOutcome, nothingChanged } from "../outcomes.ts";
import { isSharedFile } from "../record/shared-files.ts";
import { lookAtTargets, type TargetState } from "../targets/targets.ts";
import type { Workbench } from "../workbench/workbench.ts";

interface TargetCapture {
  readonly actor: Actor;
  /** Absolute paths of the files that this actor wrote. */
  readonly files: ReadonlySet<string>;
  readonly reason: string | null;
}

/**
 * Keeps what an agent wrote into targets, with its name: a capture of the target's files that changes nothing in
 * the root. When such an edit is taken in later, its author is found there. The checkout must be locked.
 */
export async function captureTargets(bench: Workbench, capture: TargetCapture): Promise<ChangeOutcome> {
  const changes: PathChange[] = [];
  const objects = new Map<string, NewObject>();
  for (const state of await lookAtTargets(bench)) {
    for (const path of state.scan.files.keys()) {
      // Of a file in which stet owns values, history keeps these alone.
      if (isSharedFile(state.id, path)) continue;
      if (!capture.files.has(diskPath(state.place, path))) continue;
      const found = await changeOf(bench, state, path);
      if (found === null) continue;
      changes.push(found.change);
      objects.set(found.object.id, found.object);
    }
  }
  if (changes.length === 0) return nothingChanged;
  const id = randomId("operation", bench.environment.random(20));
  const operation = {
    id,
    collections: [bench.collection],
    actor: capture.actor,
    kind: "capture" as const,
    reason: capture.reason,
    message: null,
    refs: [],
    changes,
    undoes: null,
    group: null,
    details: {},
  };
  const batch = {
    objects: [...objects.values()],
    operation,
    openConflicts: [],
    settleConflicts: [],
    pins: [],
    unpins: [],
  };
  await bench.store.write([batch], { whole: true });
  return { ...nothingChanged, operation: id, changed: changes.map(shownChange) };
}

async function changeOf(
  bench: Workbench,
  state: TargetState,
  path: string,
): Promise<{ readonly change: PathChange; readonly object: NewObject } | null> {
  const content = readSteady(bench.disk, diskPath(state.place, path));
  if (content === null || content.unsettled) return null;
  const before = await knownEntry(bench, state, path);
  if (sameEntry(before, content.entry)) return null;
  const present = new Map([[path, content.entry]]);
  const written = state.written.filter((one) => one.path === path);
  const [group] = targetGroups({ plan: state.plan, present, written }).values();
  return {
    object: { kind: "blob", id: content.entry.blob, bytes: content.bytes },
    change: {
      collection: bench.collection,
      path,
      target: state.id,
      artifact: group === undefined ? null : formatArtifact(group.reference),
      before,
      after: content.entry,
    },
  };
}

/** What the path held as far as history knows: what was captured there last, else what stet wrote. */
async function knownEntry(bench: Workbench, state: TargetState, path: string): Promise<FileEntry | null> {
  const last = await newestChange(bench, state.id, path);
  const known = last?.after ?? state.written.find((one) => one.path === path)?.written ?? null;
  if (known === null) return null;
  const [found] = await bench.store.history.inspect([known.blob]);
  return found?.state === "present" ? known : null;
}

/** The newest operation's change of a target's path, with its actor. */
async function newestChange(bench: Workbench, target: string, path: string) {
  const operations = await bench.store.history.operations({
    collection: bench.collection,
    path,
    limit: 20,
  });
  for (const { actor, kind, changes } of operations) {
    const change = changes.find((one) => one.target === target && one.path === path);
    if (change !== undefined) return { actor, kind, after: change.after };
  }
  return undefined;
}

/**
 * Who wrote what moved at a target's row, where a hook told it of every file; null where nobody told, or where
 * several wrote: then the writer is unknown.
 */
export async function writerOfRow(
  bench: Workbench,
  state: TargetState,
  row: Pick<TargetRow, "kind" | "name">,
): Promise<Actor | null> {
  const present = new Map([...state.scan.files].map(([path, file]) => [path, file.entry]));
  const group = targetGroups({ plan: state.plan, present, written: state.written }).get(formatArtifact(row));
  let writer: Actor | null = null;
  for (const [path, entry] of group?.present ?? []) {
    if (sameEntry(group?.written.get(path)?.written ?? null, entry)) continue;
    const found = await writerOf(bench, state.id, path, entry);
    if (found === null || (writer !== null && !sameActor(writer, found))) return null;
    writer = found;
  }
  return writer;
}

async function writerOf(
  bench: Workbench,
  target: string,
  path: string,
  entry: FileEntry,
): Promise<Actor | null> {
  const newest = await newestChange(bench, target, path);
  if (newest === undefined || newest.kind !== "capture" || !sameEntry(newest.after, entry)) return null;
  return newest.actor;
}
