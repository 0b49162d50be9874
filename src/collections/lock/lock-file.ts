/**
 * `stet/collection.lock`: what each third-party artifact resolved to.
 *
 * - The same entries give the same text, whatever the order in which they came to be (`sorted-tables.ts`).
 * - Comments and keys that this version does not know survive every edit.
 * - A lock that is damaged, or that a newer stet wrote, is a problem to report: never an empty one, and never
 *   written over (BUGS S12).
 */
import { parse as parseToml } from "smol-toml";
import * as z from "zod/mini";
import { type ArtifactReference, parseArtifact } from "../../domain/artifact-kinds.ts";
import { type FileMode, isFileMode } from "../../domain/files.ts";
import { type BlobId, parseHashId, type SnapshotId } from "../../domain/ids.ts";
import { type CollectionPath, comparePaths, parsePath } from "../../domain/paths.ts";
import type { FormatValue } from "../../formats/format-value.ts";
import { putTables, type TableEdit } from "../sorted-tables.ts";

const lockTable = "artifact";
const lockVersion = 1;

const beginning = [
  "# What the third-party artifacts of this collection resolved to. stet writes it; commit it with the manifest.",
  `version = ${lockVersion}`,
  "",
].join("\n");

export interface LockedFile {
  readonly mode: FileMode;
  readonly blob: BlobId;
}

/** What one artifact resolved to. */
export interface LockEntry {
  readonly artifact: ArtifactReference;
  readonly source: string;
  /** The ref or range that was asked for; null for the source's default. */
  readonly asked: string | null;
  /** The commit of a git source, the integrity of a package; null for a source that has neither. */
  readonly commit: string | null;
  readonly tag: string | null;
  readonly version: string | null;
  readonly path: string;
  /** The source's own hash of that path (git's tree or blob); null where the source has none. */
  readonly tree: string | null;
  /** The snapshot of its files by their inner paths, kept in the store: what the next update is merged from. */
  readonly base: SnapshotId;
  readonly files: ReadonlyMap<CollectionPath, LockedFile>;
  readonly licence: string | null;
  readonly publisher: string | null;
  /** When its publisher made this version, in ISO 8601; null where the source does not say. */
  readonly released: string | null;
  /** When and by whom it was taken in. */
  readonly at: string;
  readonly by: string;
}

export type Lock = ReadonlyMap<string, LockEntry>;
export type LockProblem = { readonly why: string };

const text = z.string();
const shape = z.looseObject({
  version: z.literal(lockVersion),
  [lockTable]: z._default(
    z.record(
      text,
      z.looseObject({
        source: text,
        asked: z.optional(text),
        commit: z.optional(text),
        tag: z.optional(text),
        version: z.optional(text),
        path: z._default(text, ""),
        tree: z.optional(text),
        base: text,
        licence: z.optional(text),
        publisher: z.optional(text),
        released: z.optional(text),
        at: text,
        by: text,
        files: z.record(text, text),
      }),
    ),
    {},
  ),
});

/** Reads a lock by artifact. `file` is null where there is none yet. */
export function parseLock(file: string | null): Lock | LockProblem {
  if (file === null) return new Map();
  let value: unknown;
  try {
    value = parseToml(file);
  } catch (error) {
    return {
      why: `it is not TOML: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`,
    };
  }
  const version = z.looseObject({ version: z.number() }).safeParse(value);
  if (version.success && version.data.version > lockVersion)
    return { why: `it was written by a newer stet (version ${version.data.version})` };
  const parsed = shape.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { why: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not as it should be"}` };
  }
  const lock = new Map<string, LockEntry>();
  for (const [name, table] of Object.entries(parsed.data[lockTable])) {
    const artifact = parseArtifact(name);
    const base = parseHashId<SnapshotId>(table.base);
    const files = readFiles(table.files);
    if (artifact === undefined) return { why: `${JSON.stringify(name)} is not the name of an artifact` };
    if (base === undefined) return { why: `${name}: base is not the id of a snapshot` };
    if (files === null) return { why: `${name}: its files are not "<mode> sha256:<hash>"` };
    lock.set(name, {
      artifact,
      source: table.source,
      asked: table.asked ?? null,
      commit: table.commit ?? null,
      tag: table.tag ?? null,
      version: table.version ?? null,
      path: table.path,
      tree: table.tree ?? null,
      base,
      files,
      licence: table.licence ?? null,
      publisher: table.publisher ?? null,
      released: table.released ?? null,
      at: table.at,
      by: table.by,
    });
  }
  return lock;
}

/** Puts or (with null) removes entries. `file` is null where there is no lock yet. */
export function putLocked(file: string | null, puts: ReadonlyMap<string, LockEntry | null>): TableEdit {
  const tables = new Map(
    [...puts].map(([name, entry]) => [name, entry === null ? null : tableOf(entry)] as const),
  );
  return putTables(file ?? beginning, lockTable, tables);
}

function tableOf(entry: LockEntry): Readonly<Record<string, FormatValue | undefined>> {
  const files = [...entry.files].sort(([one], [other]) => comparePaths(one, other));
  return {
    source: entry.source,
    asked: entry.asked ?? undefined,
    commit: entry.commit ?? undefined,
    tag: entry.tag ?? undefined,
    version: entry.version ?? undefined,
    path: entry.path === "" ? undefined : entry.path,
    tree: entry.tree ?? undefined,
    base: entry.base,
    licence: entry.licence ?? undefined,
    publisher: entry.publisher ?? undefined,
    released: entry.released ?? undefined,
    at: entry.at,
    by: entry.by,
    files: Object.fromEntries(files.map(([path, { mode, blob }]) => [path, `${mode.toString(8)} ${blob}`])),
  };
}

function readFiles(table: Readonly<Record<string, string>>): ReadonlyMap<CollectionPath, LockedFile> | null {
  const files = new Map<CollectionPath, LockedFile>();
  for (const [name, value] of Object.entries(table)) {
    const [octal = "", hash = ""] = value.split(" ");
    const path = parsePath(name);
    const mode = /^1[0-7]{5}$/.test(octal) ? Number.parseInt(octal, 8) : 0;
    const blob = parseHashId<BlobId>(hash);
    if (path === undefined || blob === undefined || !isFileMode(mode)) return null;
    files.set(path, { mode, blob });
  }
  return files;
}
