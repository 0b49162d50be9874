/**
 * Edits of values inside shared files, as what happens to the files themselves.
 *
 * Invariants:
 * - each shared file is read now, and is replaced only if those bytes are still there when it is put in place;
 * - every value that is replaced or removed is the one that the change was planned on, else nothing is written;
 * - history names the values alone. What the file holds as a whole is stored beside them and named by no change:
 *   it stays on this machine, and once it was replaced it goes with the next prune (DESIGN 7).
 */
import { StetError } from "../../domain/errors.ts";
import { type FileEntry, isSymlink, regularMode, sameEntry } from "../../domain/files.ts";
import { encodeText } from "../../formats/text-shape.ts";
import { parseTargetId } from "../../runtimes/placement/target.ts";
import { editSettings, type KeyChange, type MadeMaps } from "../../runtimes/settings/edit-settings.ts";
import { fileNamesOf, keyAt } from "../../runtimes/settings/key-path.ts";
import { madeMaps, madeRecords } from "../../runtimes/settings/made-records.ts";
import { readSettings } from "../../runtimes/settings/settings-file.ts";
import { type KeyEntry, ownValues, presentPlace } from "../../runtimes/settings/settings-look.ts";
import type { RuntimePlace } from "../../runtimes/table/runtime.ts";
import { blobId } from "../../snapshot/hash.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import type { LocalBatch } from "../../store/checkout-store.ts";
import type { Disk } from "../../workspace/disk.ts";
import type { DiskChange } from "../../workspace/disk-change.ts";
import type { Place } from "../../workspace/place.ts";
import { diskPath } from "../../workspace/place-paths.ts";
import { readSteady } from "../../workspace/read-steady.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { TargetEdit } from "./change.ts";

export interface SharedFileChanges {
  readonly disk: readonly DiskChange[];
  /** Values that were there before, for history; and the files as they will be, which no change names. */
  readonly objects: readonly NewObject[];
  readonly written: NonNullable<LocalBatch["written"]>;
}

/** What the edits of values do to the files that these lie in. Edits of other files are not looked at. */
export async function sharedFileChanges(
  bench: Workbench,
  edits: readonly TargetEdit[],
): Promise<SharedFileChanges> {
  const groups = Map.groupBy(
    edits.flatMap((edit) => keyEdit(edit) ?? []),
    ({ edit, file }) => `${edit.place.name} ${diskPath(edit.place, file)}`,
  );
  const disk: DiskChange[] = [];
  const objects: NewObject[] = [];
  const written: NonNullable<LocalBatch["written"]>[number][] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { place } = first.edit;
    const found = readSteady(bench.disk, diskPath(place, first.file));
    const known = await bench.store.checkouts.written(place.checkout, place.name);
    const made = madeMaps(known, first.file);
    const after = await editedFile(bench, group, found?.bytes ?? null, made);
    if (found !== null && isSymlink(found.entry.mode)) throw refused(first.file, "it is a symbolic link");
    const entry = after.bytes === null ? null : entryOf(after.bytes, found?.entry.mode ?? regularMode);
    if (entry !== null && after.bytes !== null) {
      objects.push({ kind: "blob", id: entry.blob, bytes: after.bytes });
    }
    const before = found?.entry ?? null;
    if (!sameEntry(before, entry)) disk.push({ place, path: first.file, before, after: entry });
    objects.push(...after.replaced);
    const { put, drop } = madeRecords(first.file, made, after.made);
    written.push({ checkout: place.checkout, place: place.name, put, drop });
  }
  return { disk, objects, written };
}

interface KeyEdit {
  readonly edit: TargetEdit;
  readonly place: RuntimePlace;
  readonly file: string;
  readonly name: string;
}

function keyEdit(edit: TargetEdit): KeyEdit | null {
  const found = keyOfTarget(edit.place.name, edit.path);
  return found === null ? null : { edit, ...found };
}

/** What a target's path names inside a shared file; null for a file of its own. */
export function keyOfTarget(
  target: string,
  path: string,
): { readonly place: RuntimePlace; readonly file: string; readonly name: string } | null {
  const parsed = parseTargetId(target);
  for (const place of parsed?.runtime.places ?? []) {
    if (place.scope !== parsed?.scope) continue;
    const key = keyAt(place, path);
    if (key !== null)
      return {
        place: presentPlace(place, (one) => one === key.file),
        file: key.file,
        name: key.artifact.name,
      };
  }
  return null;
}

/** What lies at a value's path now; null where nothing does, or where the file cannot be read. */
export function presentKey(disk: Disk, place: Place, path: string): KeyEntry | null {
  const key = keyOfTarget(place.name, path);
  if (key === null) return null;
  const found = readSteady(disk, diskPath(place, key.file));
  if (found === null || isSymlink(found.entry.mode)) return null;
  return valueIn(key.place, found.bytes, path, true);
}

function valueIn(place: RuntimePlace, bytes: Uint8Array, path: string, isKnown: boolean): KeyEntry | null {
  const read = readSettings(place, bytes);
  if (read.outcome === "problem") return null;
  return ownValues(place, read, isKnown ? "all" : new Set()).get(path) ?? null;
}

async function editedFile(
  bench: Workbench,
  group: readonly KeyEdit[],
  bytes: Uint8Array | null,
  made: MadeMaps,
): Promise<{
  readonly bytes: Uint8Array | null;
  readonly made: MadeMaps;
  readonly replaced: readonly NewObject[];
}> {
  const changes: KeyChange[] = [];
  const replaced: NewObject[] = [];
  for (const { edit, place, file, name } of group) {
    // A value that goes is looked at with what somebody put beside it, which would go with it.
    const now = bytes === null ? null : valueIn(place, bytes, edit.path, edit.after !== null);
    if ((now?.entry.blob ?? null) !== (edit.before?.blob ?? null)) throw stale(file, edit.path);
    if (now !== null) replaced.push({ kind: "blob", id: now.entry.blob, bytes: now.bytes });
    const value = edit.after === null ? null : (edit.bytes ?? (await bench.readBlob(edit.after.blob)));
    if (value === undefined) throw refused(file, "its new value is not in the store");
    changes.push({ place, name, value });
  }
  const edited = editSettings(bytes, changes, made);
  if (edited.outcome === "refused") throw refused(group[0]?.file ?? "", edited.why);
  const text = edited.text === null ? null : encodeText(edited.text);
  return { bytes: text, made: edited.made, replaced };
}

function entryOf(bytes: Uint8Array, mode: FileEntry["mode"]): FileEntry {
  return { blob: blobId(bytes), mode, size: bytes.length };
}

/** Whether a path of a target is a shared file: its content as a whole is nothing that stet keeps. */
export function isSharedFile(target: string, path: string): boolean {
  const parsed = parseTargetId(target);
  return (parsed?.runtime.places ?? []).some(
    (place) => place.layout === "keys" && place.scope === parsed?.scope && fileNamesOf(place).includes(path),
  );
}

function stale(file: string, path: string): StetError {
  return new StetError({
    code: "E-STALE",
    what: "What the change was planned on is no longer there.",
    where: path,
    why: `${file} was changed in the meantime.`,
    kept: "Nothing was replaced.",
    fixes: [{ cmd: "stet status", summary: "see where things stand, then try again" }],
  });
}

function refused(file: string, why: string): StetError {
  return new StetError({
    code: "E-INVALID",
    what: "A settings file cannot be edited.",
    where: file,
    why,
    kept: "Nothing was written; the file is as it was.",
    fixes: [{ cmd: "stet status", summary: "see what is blocked, and why" }],
  });
}
