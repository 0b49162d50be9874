import { join } from "node:path";
import { limits } from "../domain/limits.ts";
import { foldedPath, pathProblem } from "../domain/paths.ts";
import { type Disk, type DiskKind, errorName, type FolderEntry } from "./disk.ts";
import type { IgnoreRules } from "./ignore.ts";
import type { Place, ScannedPart } from "./place.ts";
import { diskPath } from "./place-paths.ts";

export const blockCodes = [
  "unreadable",
  "special",
  "too-large",
  "bad-name",
  "name-clash",
  "leaves-root",
  "too-deep",
] as const;
export type BlockCode = (typeof blockCodes)[number];

/** A path that is neither captured nor replaced nor taken for deleted, and the reason why (P7). */
export interface BlockedPath {
  readonly path: string;
  readonly code: BlockCode;
  readonly why: string;
}

export interface WalkedFile {
  readonly path: string;
  readonly disk: string;
  readonly kind: DiskKind;
}

export interface Walk {
  readonly files: WalkedFile[];
  readonly blocked: BlockedPath[];
}

/** Finds every file of a place's scanned parts, by name and kind alone. Links are listed, never entered. */
export function walkPlace(disk: Disk, place: Place, rules: IgnoreRules): Walk {
  const walk: Walk = { files: [], blocked: [] };
  const seen = new Set<string>();
  for (const part of place.scanned) walkPart(disk, place, rules, part, walk);
  // Parts may overlap; a path counts once.
  const files = walk.files.filter((file) => !seen.has(file.path) && seen.add(file.path));
  return { files, blocked: walk.blocked };
}

function walkPart(disk: Disk, place: Place, rules: IgnoreRules, part: ScannedPart, walk: Walk): void {
  if (part.kind === "everywhere") {
    const prefix = part.prefix === "" || part.prefix.endsWith("/") ? part.prefix : `${part.prefix}/`;
    const base = place.mounts.find((mount) => mount.prefix === prefix)?.base ?? join(place.base, prefix);
    const wanted = { fileNames: new Set(part.fileNames), except: new Set(part.except) };
    walkEverywhere({ disk, place, rules, walk, ...wanted }, base, prefix, 0);
    return;
  }
  const path = diskPath(place, part.path);
  const kind = kindAt(disk, path, part.path, walk);
  if (kind === null) return;
  if (part.kind === "folder" && kind === "folder") {
    const wanted = { recursive: part.recursive, extensions: part.extensions ?? null };
    walkFolder({ disk, rules, walk, wanted }, path, part.path, 0);
  } else if (kind !== "folder") {
    // A link where the folder of a part should be is listed as the link that it is.
    walk.files.push({ path: part.path, disk: path, kind });
  }
}

function kindAt(disk: Disk, path: string, shown: string, walk: Walk): DiskKind | null {
  try {
    return disk.lstat(path)?.kind ?? null;
  } catch (error) {
    walk.blocked.push({ path: shown, code: "unreadable", why: whyUnreadable(error) });
    return null;
  }
}

export function whyUnreadable(error: unknown): string {
  return `the system refused to read it (${errorName(error) ?? String(error)})`;
}

interface FolderWalk {
  readonly disk: Disk;
  readonly rules: IgnoreRules;
  readonly walk: Walk;
  readonly wanted: { readonly recursive: boolean; readonly extensions: readonly string[] | null };
}

function walkFolder(task: FolderWalk, folder: string, path: string, depth: number): void {
  const { rules, walk, wanted } = task;
  if (depth > limits.pathDepthMax) {
    walk.blocked.push({
      path,
      code: "too-deep",
      why: `it lies more than ${limits.pathDepthMax} folders deep`,
    });
    return;
  }
  for (const entry of readableEntries(task.disk, folder, path, walk)) {
    const below = `${path}/${entry.shown}`;
    const isFolder = entry.kind === "folder";
    if (isFolder && !wanted.recursive) continue;
    if (rules.ignores(below, isFolder)) continue;
    if (!isFolder && wanted.extensions !== null && !hasExtension(entry.shown, wanted.extensions)) continue;
    if (isBadName(entry, below, walk)) continue;
    if (isFolder) walkFolder(task, `${folder}/${entry.shown}`, below, depth + 1);
    else walk.files.push({ path: below, disk: `${folder}/${entry.shown}`, kind: entry.kind });
  }
}

function hasExtension(name: string, extensions: readonly string[]): boolean {
  return extensions.some((extension) => name.endsWith(extension));
}

function isBadName(entry: FolderEntry, path: string, walk: Walk): boolean {
  const problem = entry.name === null ? "its name is not UTF-8" : pathProblem(path);
  if (problem === null) return false;
  walk.blocked.push({
    path: path.toWellFormed(),
    code: "bad-name",
    why: `the name cannot be kept: ${problem}`,
  });
  return true;
}

/** The entries of a folder without those that a file system which folds case or Unicode would take for one. */
function readableEntries(disk: Disk, folder: string, path: string, walk: Walk): readonly FolderEntry[] {
  let entries: readonly FolderEntry[];
  try {
    entries = disk.list(folder);
  } catch (error) {
    if (errorName(error) === "ENOENT") return [];
    walk.blocked.push({ path, code: "unreadable", why: whyUnreadable(error) });
    return [];
  }
  if (areApart(entries)) return entries;
  const byFold = Map.groupBy(entries, (entry) => foldedPath(entry.shown));
  for (const twins of byFold.values()) {
    if (twins.length > 1) blockTwins(twins, path, walk);
  }
  return entries.filter((entry) => byFold.get(foldedPath(entry.shown))?.length === 1);
}

/** Whether no two names are one where case and Unicode form do not count. */
function areApart(entries: readonly FolderEntry[]): boolean {
  if (entries.length < 2) return true;
  return new Set(entries.map((entry) => foldedPath(entry.shown))).size === entries.length;
}

function blockTwins(twins: readonly FolderEntry[], path: string, walk: Walk): void {
  const paths = twins.map((twin) => (path === "" ? twin.shown : `${path}/${twin.shown}`));
  for (const one of paths) {
    const others = paths.filter((other) => other !== one).join(", ");
    walk.blocked.push({
      path: one,
      code: "name-clash",
      why: `it differs only by case or Unicode form from ${others}`,
    });
  }
}

interface EverywhereWalk {
  readonly disk: Disk;
  readonly place: Place;
  readonly rules: IgnoreRules;
  readonly walk: Walk;
  readonly fileNames: ReadonlySet<string>;
  readonly except: ReadonlySet<string>;
}

/** Looks for files of certain names in every folder, except in those that belong to another repository or collection. */
function walkEverywhere(task: EverywhereWalk, folder: string, prefix: string, depth: number): void {
  const { place, rules, walk, fileNames, except } = task;
  if (depth > limits.pathDepthMax || (depth > 0 && folder === place.base)) return;
  let entries: readonly FolderEntry[];
  try {
    entries = task.disk.list(folder);
  } catch (error) {
    if (errorName(error) !== "ENOENT") {
      walk.blocked.push({ path: prefix.slice(0, -1), code: "unreadable", why: whyUnreadable(error) });
    }
    return;
  }
  if (depth > 0 && belongsToAnother(task.disk, folder, entries)) return;
  for (const entry of entries) {
    const below = `${prefix}${entry.shown}`;
    if (entry.kind !== "folder") {
      if (entry.name !== null && fileNames.has(entry.name) && !rules.ignores(below, false)) {
        walk.files.push({ path: below, disk: `${folder}/${entry.shown}`, kind: entry.kind });
      }
    } else if (
      entry.name !== null &&
      !except.has(below) &&
      pathProblem(below) === null &&
      !rules.ignores(below, true)
    ) {
      walkEverywhere(task, `${folder}/${entry.shown}`, `${below}/`, depth + 1);
    }
  }
}

function belongsToAnother(disk: Disk, folder: string, entries: readonly FolderEntry[]): boolean {
  return entries.some(
    (entry) =>
      entry.name === ".git" ||
      ((entry.name === ".agents" || entry.name === ".claude") &&
        disk.lstat(`${folder}/${entry.name}/stet/collection.toml`) !== null),
  );
}
