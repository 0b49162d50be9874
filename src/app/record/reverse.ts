import { StetError } from "../../domain/errors.ts";
import { type FileEntry, sameEntry } from "../../domain/files.ts";
import type { Operation, OperationKind, PathChange } from "../../domain/operations.ts";
import { type CollectionPath, parsePath } from "../../domain/paths.ts";
import type { FileDecision } from "../../snapshot/snapshot-merge.ts";
import type { LocalBatch, WrittenEntry } from "../../store/checkout-store.ts";
import { diskPath } from "../../workspace/place-paths.ts";
import { readSteady } from "../../workspace/read-steady.ts";
import type { MergingOptions } from "../environment.ts";
import type { ChangeOutcome, Skipped } from "../outcomes.ts";
import { pinsBack } from "../pin.ts";
import { lookAtTargets, type TargetState } from "../targets/targets.ts";
import { openSibling } from "../workbench/sibling-bench.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { FileEdit, TargetEdit } from "./change.ts";
import { conflictOf } from "./conflict-of.ts";
import { conflictsBack } from "./conflicts-back.ts";
import { fileMerge } from "./file-merge.ts";
import { mergeFileEntries, type Overlap } from "./merge-files.ts";
import { record } from "./record.ts";
import { renamedSince } from "./renamed-since.ts";
import { reverseMoves } from "./reverse-moves.ts";
import { keyOfTarget, presentKey } from "./shared-files.ts";

export interface ReverseOptions extends MergingOptions {
  readonly kind: Extract<OperationKind, "undo" | "redo" | "revert">;
  /** Takes back what can be, and leaves targets that were edited since. */
  readonly partial?: boolean;
}

/**
 * Takes back one operation, as an operation of its own. Canonical files are merged three ways (base: what the
 * operation made of them; theirs: what is there now; yours: what was there before it), so later work stays. A
 * target's file goes back to what it was only if it is still as the operation left it; where one is not,
 * nothing is done unless the caller accepts a part. Branches, pins and conflicts go back with it.
 */
export async function reverse(
  bench: Workbench,
  operation: Operation,
  options: ReverseOptions,
): Promise<ChangeOutcome> {
  const reason = options.claims?.reason ?? null;
  const moved = await reverseMoves(bench, operation, { kind: options.kind, reason });
  if (moved !== null) return moved;
  const ours = operation.changes.filter((change) => change.collection === bench.collection);
  const { edits, overlaps, decisions } = await reverseCanonical(
    bench,
    operation,
    ours.filter((change) => change.target === null),
    options,
  );
  const targets = await reverseTargets(
    bench,
    ours.filter((change) => change.target !== null),
  );
  const other = operation.collections.find((one) => one !== bench.collection);
  await using sibling = other === undefined ? null : await openSibling(bench, other);
  if (other !== undefined && sibling === null)
    targets.edited.push({ what: other, reason: "that collection is not here any more" });
  if (targets.edited.length > 0 && options.partial !== true) throw editedSince(operation, targets.edited);
  const beside = sibling === null ? null : await reverseBeside(sibling.bench, operation, options);
  const { settles, reopened } = await conflictsBack(bench, operation);
  const outcome = await record(bench, {
    kind: options.kind,
    reason,
    edits,
    ...(beside === null ? {} : { beside }),
    targets: targets.edits,
    decisions,
    local: { written: targets.records },
    undoes: operation.id,
    settles,
    conflicts: (id) => [
      ...overlaps.map((overlap) => conflictOf(bench, id, overlap, operation.id)),
      ...reopened(id),
    ],
    ...(await pinsBack(bench, operation)),
    // A redo or undo is on record also where nothing is left to change: the next one then goes further back.
    evenIfEmpty: true,
  });
  return { ...outcome, skipped: targets.edited };
}

/** The part of the operation in another collection. An overlap there stops: its conflict would be seen by nobody here. */
async function reverseBeside(bench: Workbench, operation: Operation, options: ReverseOptions) {
  const theirs = operation.changes.filter(
    ({ collection, target }) => collection === bench.collection && target === null,
  );
  const { edits, overlaps } = await reverseCanonical(bench, operation, theirs, options);
  if (overlaps.length === 0) return { bench, edits };
  throw editedSince(
    operation,
    overlaps.map(({ path }) => ({
      what: `${bench.located.file.name}:${path}`,
      reason: "it was edited since",
    })),
  );
}

/** A file that was renamed since is taken back under its new name. */
async function reverseCanonical(
  bench: Workbench,
  operation: Operation,
  changes: readonly PathChange[],
  options: ReverseOptions,
) {
  const { entries } = await bench.present();
  const edits: FileEdit[] = [];
  const overlaps: Overlap[] = [];
  const decisions: FileDecision[] = [];
  const merge = fileMerge(bench.located.file, options);
  const isGone = (path: CollectionPath, { after }: PathChange) => after !== null && !entries.has(path);
  const found = changes.flatMap((change) => {
    const path = parsePath(change.path);
    return path === undefined ? [] : [{ change, path }];
  });
  const renamed = found.some(({ change, path }) => isGone(path, change))
    ? await renamedSince(bench, operation)
    : null;
  for (const { change, path: old } of found) {
    const path = (isGone(old, change) ? renamed?.get(old) : undefined) ?? old;
    const sides = { path, base: change.after, yours: change.before, theirs: entries.get(path) ?? null };
    const merged = await mergeFileEntries(merge, sides, bench.readBlob);
    if (merged.outcome === "overlap") {
      overlaps.push(merged);
      continue;
    }
    edits.push({ path, after: merged.entry, bytes: merged.bytes });
    decisions.push(...merged.decisions.map((decision) => ({ ...decision, path })));
  }
  return { edits, overlaps, decisions };
}

async function reverseTargets(bench: Workbench, changes: readonly PathChange[]) {
  const edits: TargetEdit[] = [];
  const edited: Skipped[] = [];
  if (changes.length === 0) return { edits, edited, records: [] };
  const states = new Map((await lookAtTargets(bench)).map((state) => [state.id, state]));
  for (const change of changes) {
    const state = change.target === null ? undefined : states.get(change.target);
    const what = `${change.target}:${change.path}`;
    if (state === undefined) {
      edited.push({ what, reason: "the collection is not carried to that target any more" });
      continue;
    }
    const now = presentEntry(bench, state, change.path);
    if (sameEntry(now, change.before)) continue;
    if (!sameEntry(now, change.after)) edited.push({ what, reason: "it was edited since" });
    else edits.push(targetEdit(state, change));
  }
  const written = new Map([...states].map(([id, state]) => [id, state.written]));
  return { edits, edited, records: recordsOf(bench, edits, written) };
}

/** What lies at a target's path; a settings file with stet's hook is none of those that are scanned. */
function presentEntry(bench: Workbench, state: TargetState, path: string): FileEntry | null {
  if (keyOfTarget(state.id, path) !== null) return presentKey(bench.disk, state.place, path)?.entry ?? null;
  const scanned = state.scan.files.get(path)?.entry;
  return scanned ?? readSteady(bench.disk, diskPath(state.place, path))?.entry ?? null;
}

function targetEdit(state: TargetState, change: PathChange): TargetEdit {
  const { path, before, after } = change;
  return {
    place: state.place,
    path,
    artifact: change.artifact ?? "",
    before: after,
    after: before,
    bytes: null,
  };
}

/**
 * What stet wrote to targets last is what it puts there now; of a file that it takes away it wrote nothing.
 * The source is what the file was made from before, which the record of now does not know: any other version
 * than the present one, so that the file shows as behind.
 */
function recordsOf(bench: Workbench, edits: readonly TargetEdit[], written: WrittenByPlace): TargetRecords {
  return [...Map.groupBy(edits, (edit) => edit.place.name)].map(([place, some]) => ({
    checkout: bench.checkout.id,
    place,
    put: some.flatMap(({ path, after }) => {
      const last = written.get(place)?.find((one) => one.path === path);
      return after === null || last === undefined ? [] : [{ ...last, written: after, source: "" }];
    }),
    drop: some.filter(({ after }) => after === null).map(({ path }) => path),
  }));
}

type WrittenByPlace = ReadonlyMap<string, readonly WrittenEntry[]>;
type TargetRecords = NonNullable<LocalBatch["written"]>;

function editedSince(operation: Operation, edited: readonly Skipped[]): StetError {
  return new StetError({
    code: "E-TARGET-AHEAD",
    what: "Files of a target were edited since that operation.",
    where: edited.map((one) => one.what).join(", "),
    why: "Taking the operation back would replace those edits, and half of it is not done without asking.",
    kept: "Nothing was changed.",
    fixes: [
      { cmd: "stet pull", summary: "take those edits into the collection first" },
      {
        cmd: `stet undo ${operation.id} --partial`,
        summary: "take back all the rest, and leave those files",
      },
    ],
  });
}
