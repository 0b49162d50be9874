import type { FileEntry } from "../../domain/files.ts";
import {
  type BlobId,
  type CheckoutId,
  type CommitId,
  hashIdFromBytes,
  type OperationId,
  parseHashId,
  parseRandomId,
} from "../../domain/ids.ts";
import type {
  Aside,
  Checkout,
  IndexEntry,
  JournalRow,
  PendingOperation,
  PlaceName,
  WrittenEntry,
} from "../checkout-store.ts";
import type { Database } from "./database.ts";
import { checkoutNumber } from "./local-tables.ts";
import type { Names } from "./names.ts";
import { bigInteger, blob, blobOrNull, damagedRow, integer, type Row, text, textOrNull } from "./row.ts";

/** Reads this machine's records. */
export function readCheckouts(database: Database): readonly Checkout[] {
  return database.all("SELECT * FROM checkout ORDER BY n").map((row) => {
    const collection = parseRandomId("collection", text(row, "collection"));
    const materialised = blobOrNull(row, "materialised");
    if (collection === undefined) throw damagedRow("checkout.collection", "a collection's id");
    return {
      id: checkoutIdOf(text(row, "id")),
      collection,
      name: text(row, "name"),
      base: text(row, "base"),
      root: text(row, "root"),
      device: text(row, "device"),
      inode: text(row, "inode"),
      branch: text(row, "branch"),
      materialised: materialised === null ? null : hashIdFromBytes<CommitId>(materialised),
      gitHead: textOrNull(row, "git_head"),
    };
  });
}

function checkoutIdOf(value: string): CheckoutId {
  const id = parseRandomId("checkout", value);
  if (id === undefined) throw damagedRow("checkout.id", "a checkout's id");
  return id;
}

function operationIdOf(value: string): OperationId {
  const id = parseRandomId("operation", value);
  if (id === undefined) throw damagedRow("journal.operation", "an operation's id");
  return id;
}

/** Made by SQLite: a buffer for each row, turned into text here, takes as much time as the whole row. */
const idText = "'sha256:' || lower(hex(blob)) AS id";

function blobIdOf(row: Row): BlobId {
  const id = parseHashId<BlobId>(text(row, "id"));
  if (id === undefined) throw damagedRow("blob", "a digest");
  return id;
}

export function readIndex(
  database: Database,
  names: Names,
  checkout: CheckoutId,
  place: PlaceName,
): readonly IndexEntry[] {
  const key = keyOf(database, names, checkout, place);
  if (key === null) return [];
  return database
    .allBig(
      `SELECT path, size, mtime_ns, ctime_ns, device, inode, mode, ${idText}, seen_at, materialised` +
        " FROM index_entry WHERE checkout = ? AND place = ? ORDER BY path",
      ...key,
    )
    .map((row) => ({
      path: text(row, "path"),
      stamp: {
        size: integer(row, "size"),
        mtimeNs: bigInteger(row, "mtime_ns"),
        ctimeNs: bigInteger(row, "ctime_ns"),
        device: BigInt.asUintN(64, bigInteger(row, "device")),
        inode: BigInt.asUintN(64, bigInteger(row, "inode")),
        mode: integer(row, "mode"),
      },
      blob: blobIdOf(row),
      seenAt: integer(row, "seen_at"),
      materialised: integer(row, "materialised") === 1,
    }));
}

export function readWritten(
  database: Database,
  names: Names,
  checkout: CheckoutId,
  place: PlaceName,
): readonly WrittenEntry[] {
  const key = keyOf(database, names, checkout, place);
  if (key === null) return [];
  return database
    .all(
      `SELECT path, artifact, mode, size, source, ${idText}` +
        " FROM written WHERE checkout = ? AND place = ? ORDER BY path",
      ...key,
    )
    .map((row) => ({
      path: text(row, "path"),
      artifact: text(row, "artifact"),
      written: {
        blob: blobIdOf(row),
        mode: integer(row, "mode"),
        size: integer(row, "size"),
      },
      source: text(row, "source"),
    }));
}

function keyOf(
  database: Database,
  names: Names,
  checkout: CheckoutId,
  place: PlaceName,
): readonly [number, number] | null {
  const n = checkoutNumber(database, checkout);
  const placeNumber = names.findText(place);
  return n === undefined || placeNumber === undefined ? null : [n, placeNumber];
}

/** Operations that are being put in place: all, or those with a row of one checkout (then with all their rows). */
export function readPending(
  database: Database,
  names: Names,
  checkout?: CheckoutId,
): readonly PendingOperation[] {
  const rows = database.allBig(
    "SELECT journal_row.*, checkout.id AS checkout_id FROM journal_row" +
      " JOIN checkout ON checkout.n = journal_row.checkout ORDER BY operation, ordinal",
  );
  const byOperation = Map.groupBy(rows, (row) => text(row, "operation"));
  return database
    .all("SELECT operation, direction FROM journal ORDER BY operation")
    .map((row) => ({
      operation: operationIdOf(text(row, "operation")),
      direction: text(row, "direction") === "back" ? ("back" as const) : ("forth" as const),
      rows: (byOperation.get(text(row, "operation")) ?? []).map((one) => journalRow(names, one)),
    }))
    .filter((one) => checkout === undefined || one.rows.some((row) => row.checkout === checkout));
}

function journalRow(names: Names, row: Row): JournalRow {
  return {
    operation: operationIdOf(text(row, "operation")),
    ordinal: integer(row, "ordinal"),
    checkout: checkoutIdOf(text(row, "checkout_id")),
    place: names.textOf(integer(row, "place")),
    path: text(row, "path"),
    disk: text(row, "disk"),
    before: entryOf(row, "before"),
    after: entryOf(row, "after"),
    staged: textOrNull(row, "staged"),
    stagedInode: row.staged_inode === null ? null : BigInt.asUintN(64, bigInteger(row, "staged_inode")),
    aside: textOrNull(row, "aside"),
    folder: textOrNull(row, "folder"),
    stuck: textOrNull(row, "stuck"),
  };
}

function entryOf(row: Row, side: "before" | "after"): FileEntry | null {
  const hash = blobOrNull(row, side);
  if (hash === null) return null;
  return {
    blob: hashIdFromBytes<BlobId>(hash),
    mode: integer(row, `${side}_mode`),
    size: integer(row, `${side}_size`),
  };
}

export function readAsides(database: Database, names: Names, checkout: CheckoutId): readonly Aside[] {
  const n = checkoutNumber(database, checkout);
  if (n === undefined) return [];
  return database.all("SELECT * FROM aside WHERE checkout = ? ORDER BY since, disk", n).map((row) => ({
    disk: text(row, "disk"),
    checkout,
    place: names.textOf(integer(row, "place")),
    path: text(row, "path"),
    blob: hashIdFromBytes<BlobId>(blob(row, "blob")),
    since: integer(row, "since"),
  }));
}
