/**
 * A computed sync as data: what a plan shows, stores, and compares when it is applied.
 *
 * Invariants:
 * - `seen` names every file that the row depends on, canonical and at the target, those that are absent as null;
 * - `files` names every file that would change, with the bytes it would have: two plans that do the same are equal.
 */
import type { FileEntry } from "../../domain/files.ts";
import { comparePaths, pathOf } from "../../domain/paths.ts";
import type { TargetRow } from "../../runtimes/drift/sync-row.ts";
import { type ComputedSync, removePart, type SyncPart, writePart } from "./compute-sync.ts";
import { rowKey } from "./taken-edits.ts";

export type PlannedAction = "create" | "change" | "delete" | "take" | "merge" | "ask";

/** One file that would change: blob ids, null for absent. */
export interface PlannedFile {
  readonly place: "store" | "target";
  /** Path in the collection, or below the target's base. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** One file as it was seen: `<blob> <mode in octal>`, null where there was none. */
export interface SeenFile {
  readonly place: "store" | "target";
  readonly path: string;
  readonly entry: string | null;
}

export interface PlannedRow {
  /** Names the row in its plan. */
  readonly id: SyncPart;
  readonly target: string;
  readonly kind: string;
  readonly name: string;
  /** `take`: the target's edit goes into the store. `ask`: both edits stay, as a stored conflict. */
  readonly action: PlannedAction;
  readonly state: string;
  readonly reason: string;
  /** Whether `apply` does it unasked: deletes it does not. */
  readonly ticked: boolean;
  readonly files: readonly PlannedFile[];
  /** What the runtime cannot express; null where nothing had to be read to know that nothing moved. */
  readonly dropped: readonly { readonly field: string; readonly why: string }[] | null;
  readonly seen: readonly SeenFile[];
}

/** The rows of a sync, each with what it would change and what that rests on. */
export function plannedRows(computed: ComputedSync): readonly PlannedRow[] {
  const rows = new Map<SyncPart, PlannedRow>();
  const { taken, found } = computed;
  for (const { row, overlaps } of taken.rows) {
    const files = row.take.map(({ path, before }): PlannedFile => {
      const after = taken.entries.get(pathOf(path))?.blob ?? null;
      return { place: "store", path, before: before?.blob ?? null, after };
    });
    rows.set(writePart(row), plannedRow(writePart(row), row, overlaps ? "ask" : "take", files));
  }
  for (const { row, does } of computed.rows) {
    const first = found.get(rowKey(row)) ?? row;
    // A row that was clean until another target's edit was taken in tells why it is written now.
    const shown =
      first.drift.state === "in-sync" ? { ...first, drift: row.drift, dropped: row.dropped } : first;
    if (does === "remove") {
      const files = row.remove.map(({ path, before }) => removed(path, before));
      rows.set(removePart(row), plannedRow(removePart(row), shown, "delete", files));
      continue;
    }
    const files = row.write.map(
      ({ path, before, after }): PlannedFile => ({
        place: "target",
        path,
        before: before?.blob ?? null,
        after: after.entry.blob,
      }),
    );
    const taking = rows.get(writePart(row));
    const isNew = row.write.every((one) => one.before === null);
    const action = taking === undefined ? (isNew ? "create" : "change") : "merge";
    rows.set(writePart(row), plannedRow(writePart(row), shown, action, [...(taking?.files ?? []), ...files]));
  }
  return [...rows.values()];
}

function removed(path: string, before: FileEntry): PlannedFile {
  return { place: "target", path, before: before.blob, after: null };
}

function plannedRow(
  id: SyncPart,
  row: TargetRow,
  action: PlannedAction,
  files: readonly PlannedFile[],
): PlannedRow {
  const { target, kind, name, dropped } = row;
  const { state, reason } = row.drift;
  const ticked = action !== "delete";
  return {
    id,
    target,
    kind,
    name,
    action,
    state,
    reason,
    ticked,
    files,
    dropped,
    seen: seenFiles(row, files),
  };
}

function seenFiles({ seen }: TargetRow, files: readonly PlannedFile[]): readonly SeenFile[] {
  return (["store", "target"] as const).flatMap((place) => {
    const touched = files.filter((file) => file.place === place).map(({ path }) => path);
    const paths = [...new Set([...seen[place].keys(), ...touched])].sort(comparePaths);
    return paths.map((path) => ({ place, path, entry: entryText(seen[place].get(path)) }));
  });
}

function entryText(entry: FileEntry | undefined): string | null {
  return entry === undefined ? null : `${entry.blob} ${entry.mode.toString(8)}`;
}

/** One file that is not what a plan saw. */
export interface MovedFile {
  readonly place: "store" | "target";
  readonly path: string;
  readonly planned: string | null;
  readonly now: string | null;
}

/** The files that are not as a plan saw them, those that are new among them. `row` is what is found now. */
export function movedSince(planned: PlannedRow, row: TargetRow | undefined): readonly MovedFile[] {
  const before = new Map(planned.seen.map((one) => [`${one.place} ${one.path}`, one]));
  const now = new Map<string, SeenFile>();
  if (row !== undefined)
    for (const one of seenFiles(row, planned.files)) now.set(`${one.place} ${one.path}`, one);
  const moved: MovedFile[] = [];
  for (const key of new Set([...before.keys(), ...now.keys()])) {
    const one = before.get(key) ?? now.get(key);
    const was = before.get(key)?.entry ?? null;
    const is = now.get(key)?.entry ?? null;
    if (one === undefined || was === is) continue;
    moved.push({ place: one.place, path: one.path, planned: blobOf(was), now: blobOf(is) });
  }
  return moved;
}

function blobOf(entry: string | null): string | null {
  return entry?.split(" ")[0] ?? null;
}

/** Whether two plans of a row would leave the same bytes in the same places. */
export function doesSame(one: PlannedRow, other: PlannedRow | undefined): boolean {
  return (
    other !== undefined &&
    one.action === other.action &&
    JSON.stringify(one.files) === JSON.stringify(other.files)
  );
}
