import { invariant } from "../../domain/errors.ts";
import type { FileEntry } from "../../domain/files.ts";
import { type CheckoutId, hashIdToBytes } from "../../domain/ids.ts";
import type {
  Aside,
  Checkout,
  IndexEntry,
  JournalRow,
  LocalBatch,
  PlaceName,
  WrittenEntry,
} from "../checkout-store.ts";
import type { Cell, Database } from "./database.ts";
import type { Names } from "./names.ts";
import { integer } from "./row.ts";
import { writeSideTexts } from "./side-texts.ts";

/** Writes this machine's records, under the write lock, in the order: checkouts, files, journal, asides, drops. */
export function writeLocal(database: Database, names: Names, batch: LocalBatch): void {
  for (const checkout of batch.checkouts ?? []) putCheckout(database, checkout);
  for (const { checkout, place, put, drop } of batch.index ?? []) {
    const key = placeKey(database, names, checkout, place);
    for (const path of drop) {
      database.run("DELETE FROM index_entry WHERE checkout = ? AND place = ? AND path = ?", ...key, path);
    }
    for (const entry of put) putIndexEntry(database, key, entry);
  }
  for (const { checkout, place, put, drop } of batch.written ?? []) {
    const key = placeKey(database, names, checkout, place);
    for (const path of drop) {
      database.run("DELETE FROM written WHERE checkout = ? AND place = ? AND path = ?", ...key, path);
    }
    for (const entry of put) putWritten(database, key, entry);
  }
  for (const { operation, direction, rows } of batch.journal ?? []) {
    database.run("INSERT INTO journal (operation, direction) VALUES (?, ?)", operation, direction);
    for (const row of rows) putJournalRow(database, names, row);
  }
  for (const { operation, direction } of batch.turnJournal ?? []) {
    database.run("UPDATE journal SET direction = ? WHERE operation = ?", direction, operation);
  }
  for (const { operation, ordinal, why } of batch.stuck ?? []) {
    database.run(
      "UPDATE journal_row SET stuck = ? WHERE operation = ? AND ordinal = ?",
      why,
      operation,
      ordinal,
    );
  }
  for (const operation of batch.dropJournal ?? []) {
    database.run("DELETE FROM journal_row WHERE operation = ?", operation);
    database.run("DELETE FROM journal WHERE operation = ?", operation);
  }
  for (const aside of batch.asides ?? []) putAside(database, names, aside);
  for (const disk of batch.dropAsides ?? []) database.run("DELETE FROM aside WHERE disk = ?", disk);
  writeSideTexts(database, batch);
  for (const checkout of batch.dropCheckouts ?? []) dropCheckout(database, checkout);
}

type PlaceKey = readonly [number, number];

function placeKey(database: Database, names: Names, checkout: CheckoutId, place: PlaceName): PlaceKey {
  const n = checkoutNumber(database, checkout);
  invariant(n !== undefined, `records of the checkout ${checkout}, which the store does not know`);
  return [n, names.text(place)];
}

/** The number of a checkout; undefined where the store does not know it. */
export function checkoutNumber(database: Database, checkout: CheckoutId): number | undefined {
  const row = database.get("SELECT n FROM checkout WHERE id = ?", checkout);
  return row === undefined ? undefined : integer(row, "n");
}

function putCheckout(database: Database, checkout: Checkout): void {
  database.run(
    "INSERT INTO checkout (id, collection, name, base, root, device, inode, branch, materialised, git_head)" +
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET collection = excluded.collection," +
      " name = excluded.name, base = excluded.base, root = excluded.root, device = excluded.device," +
      " inode = excluded.inode, branch = excluded.branch, materialised = excluded.materialised," +
      " git_head = excluded.git_head",
    checkout.id,
    checkout.collection,
    checkout.name,
    checkout.base,
    checkout.root,
    checkout.device,
    checkout.inode,
    checkout.branch,
    checkout.materialised === null ? null : hashIdToBytes(checkout.materialised),
    checkout.gitHead,
  );
}

function putIndexEntry(database: Database, key: PlaceKey, entry: IndexEntry): void {
  const { stamp } = entry;
  database.run(
    "INSERT OR REPLACE INTO index_entry (checkout, place, path, size, mtime_ns, ctime_ns, device, inode, mode," +
      " blob, seen_at, materialised) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    ...key,
    entry.path,
    stamp.size,
    stamp.mtimeNs,
    stamp.ctimeNs,
    signed(stamp.device),
    signed(stamp.inode),
    stamp.mode,
    hashIdToBytes(entry.blob),
    entry.seenAt,
    entry.materialised ? 1 : 0,
  );
}

/** Inodes have 64 bits without a sign, SQLite's integers have one. */
function signed(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

function putWritten(database: Database, key: PlaceKey, entry: WrittenEntry): void {
  database.run(
    "INSERT OR REPLACE INTO written (checkout, place, path, artifact, blob, mode, size, source)" +
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    ...key,
    entry.path,
    entry.artifact,
    hashIdToBytes(entry.written.blob),
    entry.written.mode,
    entry.written.size,
    entry.source,
  );
}

function putJournalRow(database: Database, names: Names, row: JournalRow): void {
  database.run(
    "INSERT INTO journal_row (operation, ordinal, checkout, place, path, disk, before, before_mode, before_size," +
      " after, after_mode, after_size, staged, staged_inode, aside, folder, stuck)" +
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    row.operation,
    row.ordinal,
    ...placeKey(database, names, row.checkout, row.place),
    row.path,
    row.disk,
    ...entryCells(row.before),
    ...entryCells(row.after),
    row.staged,
    row.stagedInode === null ? null : signed(row.stagedInode),
    row.aside,
    row.folder,
    row.stuck,
  );
}

function entryCells(entry: FileEntry | null): readonly Cell[] {
  return entry === null ? [null, null, null] : [hashIdToBytes(entry.blob), entry.mode, entry.size];
}

function putAside(database: Database, names: Names, aside: Aside): void {
  database.run(
    "INSERT OR REPLACE INTO aside (disk, checkout, place, path, blob, since) VALUES (?, ?, ?, ?, ?, ?)",
    aside.disk,
    ...placeKey(database, names, aside.checkout, aside.place),
    aside.path,
    hashIdToBytes(aside.blob),
    aside.since,
  );
}

function dropCheckout(database: Database, checkout: CheckoutId): void {
  const n = checkoutNumber(database, checkout);
  if (n === undefined) return;
  for (const table of ["index_entry", "written", "journal_row", "aside"]) {
    database.run(`DELETE FROM ${table} WHERE checkout = ?`, n);
  }
  database.run("DELETE FROM journal WHERE operation NOT IN (SELECT operation FROM journal_row)");
  database.run("DELETE FROM checkout WHERE n = ?", n);
}
