import { existsSync, linkSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { hexOfBytes } from "../../domain/hex.ts";
import { hashIdFromBytes, type ObjectId } from "../../domain/ids.ts";
import type { ObjectSource } from "../../snapshot/object-source.ts";
import type { VerifyReport } from "../history-store.ts";
import { codecs, compress } from "./codec.ts";
import { Database } from "./database.ts";
import { Names } from "./names.ts";
import { objectByNumber, readObject } from "./object-table.ts";
import { createSchema, syncFolder } from "./open-database.ts";
import { integer } from "./row.ts";
import { verifyStore } from "./verify-store.ts";

export interface RepairOptions {
  readonly file: string;
  readonly random: (count: number) => Uint8Array;
  /** Where lost content may be found again: backups, roots, targets, packs. Asked in this order. */
  readonly sources: readonly ObjectSource[];
}

export interface RepairReport {
  /** Rows that were copied, and rows that could not be read, by table. */
  readonly tables: readonly { readonly table: string; readonly saved: number; readonly unreadable: number }[];
  readonly refilled: readonly ObjectId[];
  readonly lost: readonly ObjectId[];
  /** Where the damaged store lies now: nothing of it was thrown away. */
  readonly damaged: string;
  /** What the repaired store still lacks. */
  readonly verified: VerifyReport;
}

/**
 * Salvages a damaged store, table by table, into a fresh file, refills what is found elsewhere and puts the result
 * in its place. Nobody else may have the store open.
 *
 * Invariants: the damaged file is only read, and kept beside the new one; the new one is whole before it takes the
 * place; rows are copied as they are, so that ids and links are what they were.
 */
export async function repairStore(options: RepairOptions): Promise<RepairReport> {
  const { file, random } = options;
  const unique = hexOfBytes(random(8));
  const fresh = `${file}.${unique}.new`;
  const damaged = `${file}.damaged-${unique}`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    createSchema(fresh, random(16));
    const tables = salvage(file, fresh);
    const handle = new DatabaseSync(fresh);
    const database = new Database(handle);
    const { refilled, lost } = await refill(database, options.sources);
    const verified = verifyStore(database, new Names(database));
    database.close();
    for (const suffix of ["", "-wal", "-shm"]) {
      if (existsSync(file + suffix)) renameSync(file + suffix, damaged + suffix);
    }
    linkSync(fresh, file);
    syncFolder(dirname(file));
    return { tables, refilled, lost, damaged, verified };
  } finally {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(fresh + suffix, { force: true });
  }
}

/** Tables with a row number are read row by row; the others from both ends until something cannot be read. */
function salvage(source: string, target: string): RepairReport["tables"] {
  const to = new DatabaseSync(target);
  const from = new DatabaseSync(source, { readOnly: true });
  try {
    const tables = to
      .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all();
    to.exec("PRAGMA synchronous = FULL; BEGIN IMMEDIATE");
    const saved = tables.map(({ name, sql }) => {
      const table = String(name);
      const counts = String(sql).includes("WITHOUT ROWID")
        ? fromBothEnds(from, to, table)
        : rowByRow(from, to, table);
      return { table, ...counts };
    });
    to.exec("COMMIT");
    return saved;
  } finally {
    from.close();
    to.close();
  }
}

type Counts = { readonly saved: number; readonly unreadable: number };
type PlainRow = Readonly<Record<string, SQLOutputValue>>;

function rowByRow(from: DatabaseSync, to: DatabaseSync, table: string): Counts {
  const last = lastRowNumber(from, table);
  const read = attempt(() => from.prepare(`SELECT * FROM ${table} WHERE rowid = ?`));
  if (read === undefined) return { saved: 0, unreadable: last };
  read.setReadBigInts(true);
  let saved = 0;
  let unreadable = 0;
  for (let n = 1; n <= last; n++) {
    const row = attempt(() => read.get(n) ?? null);
    if (row === undefined) unreadable++;
    else if (row !== null) saved += insertRow(to, table, row);
  }
  return { saved, unreadable };
}

/** The largest row number, from the table or, where its end cannot be read, from what refers to it. */
function lastRowNumber(from: DatabaseSync, table: string): number {
  const row = attempt(() => from.prepare(`SELECT max(rowid) AS last FROM ${table}`).get());
  if (row !== undefined) return row.last === null ? 0 : integer(row, "last");
  const sizes = attempt(() => from.prepare("PRAGMA page_count").get());
  // A page holds no more than some 200 rows of the smallest table.
  return sizes === undefined ? 0 : integer(sizes, "page_count") * 200;
}

function fromBothEnds(from: DatabaseSync, to: DatabaseSync, table: string): Counts {
  let saved = 0;
  let stopped = 0;
  for (const order of ["ASC", "DESC"]) {
    const statement = attempt(() => from.prepare(`SELECT * FROM ${table} ORDER BY 1 ${order}`));
    if (statement === undefined) return { saved, unreadable: 1 };
    statement.setReadBigInts(true);
    const whole = attempt(() => {
      for (const row of statement.iterate()) saved += insertRow(to, table, row);
      return true;
    });
    if (whole === true) return { saved, unreadable: 0 };
    stopped++;
  }
  return { saved, unreadable: stopped };
}

function insertRow(to: DatabaseSync, table: string, row: PlainRow): number {
  const columns = Object.keys(row);
  const marks = columns.map(() => "?").join(", ");
  const isPlace = table === "property" && (row.name === "place" || row.name === "store");
  if (isPlace) return 0;
  return Number(
    to
      .prepare(`INSERT OR IGNORE INTO ${table} (${columns.join(", ")}) VALUES (${marks})`)
      .run(...Object.values(row)).changes,
  );
}

/** What cannot be read is undefined: that is what a salvage is about. */
function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Looks for content that cannot be read any more. What is found nowhere is emptied, and so reported as lost. */
async function refill(
  database: Database,
  sources: readonly ObjectSource[],
): Promise<{ readonly refilled: readonly ObjectId[]; readonly lost: readonly ObjectId[] }> {
  const refilled: ObjectId[] = [];
  const lost: ObjectId[] = [];
  const last = integer(database.get("SELECT coalesce(max(n), 0) AS last FROM object") ?? {}, "last");
  for (let n = 1; n <= last; n++) {
    const row = objectByNumber(database, n);
    if (row === undefined || row.codec === codecs.pruned) continue;
    const id = hashIdFromBytes<ObjectId>(row.hash);
    if (attempt(() => readObject(database, id)) !== undefined) continue;
    const found = await findElsewhere(sources, id);
    const { codec, data } = found === undefined ? { codec: codecs.pruned, data: null } : compress(found);
    database.run("UPDATE object SET codec = ?, base = NULL, data = ? WHERE n = ?", codec, data, n);
    (found === undefined ? lost : refilled).push(id);
  }
  return { refilled, lost };
}

async function findElsewhere(
  sources: readonly ObjectSource[],
  id: ObjectId,
): Promise<Uint8Array | undefined> {
  for (const source of sources) {
    try {
      const [bytes] = await source.getMany([id]);
      if (bytes !== undefined) return bytes;
    } catch {
      // A source that is damaged itself has not got it.
    }
  }
  return undefined;
}
