import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StetError } from "../../domain/errors.ts";
import { hexOfBytes } from "../../domain/hex.ts";
import { Database } from "./database.ts";
import { integer, text } from "./row.ts";
import { applicationId, schema, schemaVersion } from "./schema.ts";
import { settleIdentity } from "./store-identity.ts";
import { requireLocalPlace } from "./store-place.ts";

/**
 * Invariants:
 * - a store is created whole under another name and put in place by exclusive link, so that a file under the
 *   store's name is a store, and an empty or foreign one is damage: it is never filled in (BUGS S12);
 * - a store of a newer schema is never written;
 * - every file of a store is 0600, and a folder that is made for it 0700. A folder that was there keeps its mode:
 *   it may be anything, `/tmp` included.
 */
export interface DatabaseOptions {
  readonly file: string;
  readonly readOnly: boolean;
  /** Lets the store lie on a network file system; for those who know that one machine alone uses it. */
  readonly allowNetwork: boolean;
  /** Gives a copy of another store an id of its own, and lets it be written. */
  readonly adoptCopy: boolean;
  /** 16 random bytes: the id of the store, should it need a new one. */
  readonly storeId: Uint8Array;
}

/** 16 MB of log: one checkpoint (2 to 3 fsyncs) in some 400 saves. Closing empties a log of more than 1 MB. */
const logPages = 4000;
const sqliteVersionMin = [3, 51, 3] as const;

/**
 * Opens a store, creating it where there is none.
 * Throws E-STORE-DAMAGED, E-STORE-NEWER, E-STORE-PLACE, E-NOT-FOUND (read-only, and there is none) or
 * E-INTERNAL (a SQLite that is too old).
 */
export function openDatabase(options: DatabaseOptions): Database {
  const { file, readOnly } = options;
  const folder = dirname(file);
  if (!readOnly) mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) {
    if (readOnly) throw absentStore(file);
    if (!options.allowNetwork) requireLocalPlace(folder);
    createStore(options);
  } else if (!options.allowNetwork) requireLocalPlace(folder);
  requireStoreHeader(file);
  if (!readOnly) tightenModes(file);
  const handle = new DatabaseSync(file, { readOnly, timeout: 0, enableForeignKeyConstraints: false });
  try {
    const database = new Database(handle);
    requireRecentSqlite(database);
    requireKnownSchema(database, file);
    configure(database, options);
    if (!readOnly) settleIdentity(database, file, options.storeId, options.adoptCopy);
    return database;
  } catch (error) {
    handle.close();
    throw error;
  }
}

function configure(database: Database, options: DatabaseOptions): void {
  database.execute("PRAGMA trusted_schema = OFF");
  database.execute("PRAGMA cache_size = -16000");
  if (options.readOnly) return;
  database.execute("PRAGMA synchronous = FULL");
  database.execute(`PRAGMA wal_autocheckpoint = ${logPages}`);
  database.execute("PRAGMA journal_size_limit = 33554432");
}

function createStore(options: DatabaseOptions): void {
  const { file, storeId } = options;
  // A log without its store: the store was moved or deleted under it. Committed rows may lie in there.
  if (existsSync(`${file}-wal`) && !existsSync(file)) {
    throw damagedStore(file, "its write-ahead log is there and the store itself is not");
  }
  const fresh = `${file}.${hexOfBytes(storeId)}.new`;
  try {
    closeSync(openSync(fresh, "wx", 0o600));
    createSchema(fresh, storeId);
    linkSync(fresh, file);
    syncFolder(dirname(file));
  } catch (error) {
    // Another process was first: its store is as good.
    if (!isAlreadyThere(error)) throw error;
  } finally {
    for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(fresh + suffix, { force: true });
  }
}

/** Fills an empty file with the tables of a store. Also used by repair, which builds a fresh file. */
export function createSchema(file: string, storeId: Uint8Array): void {
  const handle = new DatabaseSync(file, { timeout: 0 });
  try {
    handle.exec("PRAGMA journal_mode = WAL");
    handle.exec("PRAGMA synchronous = FULL");
    handle.exec("BEGIN IMMEDIATE");
    handle.exec(schema);
    handle.prepare("INSERT INTO property (name, value) VALUES ('store', ?)").run(storeId);
    handle.exec(`PRAGMA application_id = ${applicationId}`);
    handle.exec(`PRAGMA user_version = ${schemaVersion}`);
    handle.exec("COMMIT");
  } finally {
    handle.close();
  }
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}

/** Makes the names in a folder durable. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The header is looked at before SQLite may touch the file. */
function requireStoreHeader(file: string): void {
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, "r");
  let length: number;
  try {
    length = readSync(descriptor, header, 0, 100, 0);
  } finally {
    closeSync(descriptor);
  }
  if (length === 0) throw damagedStore(file, "the file is empty");
  if (length < 100 || header.subarray(0, 16).toString("latin1") !== "SQLite format 3\0") {
    throw damagedStore(file, "the file is not a database");
  }
  if (header.readUInt32BE(68) !== applicationId) throw damagedStore(file, "it is another program's database");
}

function requireKnownSchema(database: Database, file: string): void {
  const version = integer(database.get("PRAGMA user_version") ?? {}, "user_version");
  if (version > schemaVersion) {
    throw new StetError({
      code: "E-STORE-NEWER",
      what: "The store was written by a newer version of stet.",
      where: file,
      why: `its schema is ${version}, this program knows ${schemaVersion}`,
      kept: "Nothing was read or written.",
      fixes: [{ cmd: "npm install -g stet@latest", summary: "take the newer version" }],
    });
  }
  if (version !== schemaVersion) throw damagedStore(file, `its schema ${version} was never in use`);
}

function requireRecentSqlite(database: Database): void {
  const found = text(database.get("SELECT sqlite_version() AS version") ?? {}, "version");
  if (isRecentSqlite(found)) return;
  throw new StetError({
    code: "E-INTERNAL",
    what: "The SQLite inside this Node.js is too old to keep a store safe.",
    where: `SQLite ${found}`,
    why: `before ${sqliteVersionMin.join(".")} a reset of the write-ahead log could damage the database`,
    kept: "Nothing was read or written.",
    fixes: [{ cmd: "node --version", summary: "use Node.js 24.15 or later" }],
  });
}

/** Whether a version of SQLite has the mended reset of the write-ahead log. */
export function isRecentSqlite(version: string): boolean {
  const parts = version.split(".").map(Number);
  for (const [index, least] of sqliteVersionMin.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}

/** Modes that were loosened since, or by an unpacked copy, are put right: a store holds sealed secrets. */
function tightenModes(file: string): void {
  for (const suffix of ["", "-wal", "-shm"]) {
    const found = statSync(file + suffix, { throwIfNoEntry: false });
    if (found !== undefined && (found.mode & 0o077) !== 0) chmodSync(file + suffix, 0o600);
  }
}

function absentStore(file: string): StetError {
  return new StetError({
    code: "E-NOT-FOUND",
    what: "There is no store yet.",
    where: file,
    why: "it is opened for reading only, and was never created",
    kept: "Nothing was written.",
    fixes: [{ cmd: "stet init", summary: "make this folder a collection, and the store with it" }],
  });
}

function damagedStore(file: string, why: string): StetError {
  return new StetError({
    code: "E-STORE-DAMAGED",
    what: "The file in the store's place is not a store.",
    where: file,
    why,
    kept: "It was left exactly as it is.",
    fixes: [
      { cmd: "stet repair", summary: "salvage what is in it, and put the newest backup beside it" },
      { cmd: "ls -l $STET_HOME/backups", summary: "see which backups there are" },
    ],
  });
}
