/**
 * Looking at a place on disk.
 *
 * Invariants:
 * - a path is in exactly one of `files`, `absent`, `blocked`, or it was not there before either;
 * - `absent` holds only paths that were materialised here, lie in a part that is scanned, are not ignored,
 *   and of which the file system itself said just now that nothing is there: a folder that could not be read
 *   never makes its files absent;
 * - nothing is opened but regular files, and no link is followed.
 */
import { dirname, isAbsolute, resolve } from "node:path";
import type { Micros, WallClock } from "../domain/clock.ts";
import { type FileEntry, isSymlink } from "../domain/files.ts";
import { limits } from "../domain/limits.ts";
import type { FileStamp, IndexEntry } from "../store/checkout-store.ts";
import { type Disk, type DiskStat, errorName } from "./disk.ts";
import { type IgnoreRules, loadIgnoreRules } from "./ignore.ts";
import { mayDiffer } from "./index-compare.ts";
import { findLoss, type Loss, type RootState, rootState } from "./loss.ts";
import type { Place } from "./place.ts";
import { baseOf, diskPath, isWithin } from "./place-paths.ts";
import { readSteady } from "./read-steady.ts";
import { type BlockedPath, type WalkedFile, walkPlace, whyUnreadable } from "./walk.ts";

/**
 * A file as it was found. `bytes` are there only if it had to be read, and only of the first files of a scan, up to
 * `limits.heldBytesMax` in all: of the others `readScanned` gets them again.
 */
export interface ScannedFile {
  readonly entry: FileEntry;
  readonly stamp: FileStamp;
  /** When it was looked at. */
  readonly seenAt: Micros;
  /** Whether it was read because it may differ from the index; whether it does, `entry` says. */
  readonly changed: boolean;
  readonly bytes: Uint8Array | null;
  /** It kept changing while it was read: kept as it was read last, and never pushed. */
  readonly unsettled: boolean;
}

export interface ScanNotice {
  readonly code: "W-UNSETTLED" | "W-LOSS";
  readonly path: string | null;
  readonly text: string;
}

export interface Scan {
  readonly place: Place;
  readonly root: RootState;
  readonly files: ReadonlyMap<string, ScannedFile>;
  /** Paths that stet wrote or captured here and that are gone. See `loss` before taking them for deleted. */
  readonly absent: readonly string[];
  readonly blocked: readonly BlockedPath[];
  readonly notices: readonly ScanNotice[];
  /** Set where so much is gone that it is not recorded as a deletion unless confirmed. */
  readonly loss: Loss | null;
}

export interface ScanOptions {
  readonly disk: Disk;
  readonly place: Place;
  /** What the place held when it was looked at last. */
  readonly index: readonly IndexEntry[];
  readonly clock: WallClock;
  /** By default those of the place. */
  readonly rules?: IgnoreRules;
  /** The artifact that a path belongs to, for telling a mass loss; null for a path of none. */
  readonly artifactOf?: (path: string) => string | null;
  /** Device and inode that the base had; another folder in its place is `replaced`. */
  readonly expectedBase?: { readonly device: string; readonly inode: string };
  /** Reads every file, whatever the index says. */
  readonly readAll?: boolean;
}

/** Files looked at between two turns of the event loop. */
const filesPerTurn = 256;

/** Looks at a place: what is there, what is gone, and what cannot be told. Throws only where the disk port does. */
export async function scanPlace(options: ScanOptions): Promise<Scan> {
  const { disk, place } = options;
  const known = new Map(options.index.map((entry) => [entry.path, entry]));
  const root = rootState(disk, place, options.expectedBase);
  const rules = options.rules ?? loadIgnoreRules(disk, place);
  const state: ScanState = { files: new Map(), blocked: [], notices: [], heldBytes: 0 };
  if (root === "present" || root === "empty") {
    const walk = walkPlace(disk, place, rules);
    state.blocked.push(...walk.blocked);
    for (const [position, file] of walk.files.entries()) {
      if (position % filesPerTurn === filesPerTurn - 1) await nextTurn();
      lookAt(options, known.get(file.path), file, state);
    }
  }
  const absent = root === "replaced" ? [] : findAbsent(options, rules, state);
  const loss = findLoss({ root, absent, files: state.files, artifactOf: options.artifactOf ?? (() => null) });
  if (loss !== null) state.notices.push({ code: "W-LOSS", path: null, text: loss.why });
  const { files, blocked, notices } = state;
  return { place, root, absent, loss, files, blocked, notices };
}

interface ScanState {
  readonly files: Map<string, ScannedFile>;
  readonly blocked: BlockedPath[];
  readonly notices: ScanNotice[];
  heldBytes: number;
}

export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function lookAt(
  options: ScanOptions,
  known: IndexEntry | undefined,
  file: WalkedFile,
  state: ScanState,
): void {
  const seenAt = options.clock.now();
  try {
    const stat = options.disk.lstat(file.disk);
    if (stat === null) return;
    const refusal = whyBlocked(options, file, stat);
    if (refusal !== null) {
      state.blocked.push(refusal);
    } else if (known !== undefined && options.readAll !== true && !mayDiffer(stat, known)) {
      const entry = { blob: known.blob, mode: stat.mode, size: stat.size };
      state.files.set(file.path, {
        entry,
        // The same in every field: one of the two can go.
        stamp: known.stamp,
        seenAt: known.seenAt,
        changed: false,
        bytes: null,
        unsettled: false,
      });
    } else {
      readInto(options.disk, file, seenAt, state);
    }
  } catch (error) {
    if (errorName(error) === undefined) throw error;
    state.blocked.push({ path: file.path, code: "unreadable", why: whyUnreadable(error) });
  }
}

function readInto(disk: Disk, file: WalkedFile, seenAt: Micros, state: ScanState): void {
  const content = readSteady(disk, file.disk);
  if (content === null) return;
  const { entry, stamp, unsettled } = content;
  state.heldBytes += content.bytes.length;
  const bytes = state.heldBytes <= limits.heldBytesMax ? content.bytes : null;
  state.files.set(file.path, { entry, stamp, seenAt, changed: true, bytes, unsettled });
  if (unsettled) {
    const text = "it kept changing while it was read; what was read last is kept, and not pushed";
    state.notices.push({ code: "W-UNSETTLED", path: file.path, text });
  }
}

function whyBlocked(options: ScanOptions, file: WalkedFile, stat: DiskStat): BlockedPath | null {
  if (stat.kind === "special" || stat.kind === "folder") {
    return { path: file.path, code: "special", why: "it is not a regular file and was not opened" };
  }
  if (stat.size > limits.blobBytesMax) {
    const why = `it has ${stat.size} bytes, and ${limits.blobBytesMax} is the limit`;
    return { path: file.path, code: "too-large", why };
  }
  if (!isSymlink(stat.mode)) return null;
  const base = baseOf(options.place, file.path);
  if (!linkLeaves(options.disk, base, file.disk)) return null;
  return { path: file.path, code: "leaves-root", why: "it is a link to a place outside its root" };
}

/** Whether a link points out of `base`, by its text or by where it really ends. */
export function linkLeaves(disk: Disk, base: string, path: string): boolean {
  const text = disk.readLink(path);
  if (isAbsolute(text) ? !isWithin(base, resolve(text)) : !isWithin(base, resolve(dirname(path), text))) {
    return true;
  }
  const end = disk.realPath(path);
  return end !== null && !isWithin(disk.realPath(base) ?? base, end);
}

function findAbsent(options: ScanOptions, rules: IgnoreRules, state: ScanState): string[] {
  const blocked = new Set(state.blocked.map((one) => one.path));
  const absent: string[] = [];
  for (const entry of options.index) {
    if (!entry.materialised || state.files.has(entry.path) || blocked.has(entry.path)) continue;
    if (rules.ignores(entry.path, false) || !isScanned(options.place, entry.path)) continue;
    if (isGone(options.disk, diskPath(options.place, entry.path))) absent.push(entry.path);
  }
  return absent;
}

/** Only the file system's own word counts: an error other than "not there" leaves it open. A folder is no file. */
function isGone(disk: Disk, path: string): boolean {
  try {
    const found = disk.lstat(path);
    return found === null || found.kind === "folder";
  } catch {
    return false;
  }
}

function isScanned(place: Place, path: string): boolean {
  return place.scanned.some((part) => {
    if (part.kind === "file") return part.path === path;
    if (part.kind === "everywhere") {
      const isLeftOut = part.except?.some((folder) => isBelow(folder, path)) ?? false;
      return !isLeftOut && path.startsWith(part.prefix) && part.fileNames.some((name) => path.endsWith(name));
    }
    return path === part.path || isBelow(part.path, path);
  });
}

function isBelow(folder: string, path: string): boolean {
  return path.startsWith(`${folder}/`);
}
