import {
  type ChainHash,
  type CollectionId,
  type CommitId,
  hashIdFromBytes,
  parseRandomId,
} from "../../domain/ids.ts";
import { type Operation, operationKinds, type RefName } from "../../domain/operations.ts";
import { decodeCanonical } from "../../snapshot/canonical-cbor.ts";
import {
  readBytes,
  readCount,
  readList,
  readTextOrNull,
  readTuple,
} from "../../snapshot/canonical-reading.ts";
import type { CanonicalValue } from "../../snapshot/canonical-value.ts";
import { decodeOperationWords } from "../operation-chain.ts";
import { readChanges } from "./change-table.ts";
import type { Database } from "./database.ts";
import type { Names } from "./names.ts";
import { operationIdOfCell } from "./operation-id-cell.ts";
import { blob, blobOrNull, damagedRow, integer, type Row } from "./row.ts";

export const operationColumns = "sequence, id, at, actor, kind, chain, body, words";

export function readOperation(database: Database, names: Names, sequence: number): Operation {
  const row = database.get(`SELECT ${operationColumns} FROM operation WHERE sequence = ?`, sequence);
  if (row === undefined) throw damagedRow(`operation ${sequence}`, "anything");
  return operationOfRow(database, names, row);
}

export function operationOfRow(database: Database, names: Names, row: Row): Operation {
  const [operation] = operationsOfRows(database, names, [row]);
  if (operation === undefined) throw damagedRow(`operation ${integer(row, "sequence")}`, "anything");
  return operation;
}

/**
 * Operations of rows, in their order. What they refer to by number (changes, links of parents, commits) is read
 * for all of them together, each table with one statement.
 */
export function operationsOfRows(
  database: Database,
  names: Names,
  rows: readonly Row[],
): readonly Operation[] {
  const sequences = rows.map((row) => integer(row, "sequence"));
  const bodies = rows.map((row) => decodeBody(blob(row, "body")));
  const changes = readChanges(database, names, sequences);
  const links = hashesOf<ChainHash>(
    database,
    "SELECT sequence AS n, chain AS hash FROM operation WHERE sequence",
    bodies.flatMap(({ parents }) => parents),
  );
  const commits = hashesOf<CommitId>(
    database,
    "SELECT n, hash FROM object WHERE n",
    bodies.flatMap(({ refs }) => refs.flatMap(({ before, after }) => [before, after])),
  );
  return rows.map((row, index): Operation => {
    const sequence = sequences[index] ?? 0;
    const kind = operationKinds[integer(row, "kind")];
    const body = bodies[index];
    if (kind === undefined || body === undefined) throw damagedRow(`operation ${sequence}`, "a known kind");
    return {
      id: operationIdOfCell(blob(row, "id")),
      collections: body.collections.map((n) => collectionOf(names, n)),
      parents: body.parents.map(links),
      refs: body.refs.map(({ name, before, after }) => ({
        name: refNameOf(names.textOf(name)),
        before: commits(before),
        after: commits(after),
      })),
      undoes: body.undoes,
      group: body.group,
      atUncertain: body.atUncertain,
      actor: names.actorOf(integer(row, "actor")),
      kind,
      ...wordsOfRow(row).words,
      changes: changes.get(sequence) ?? [],
      sequence,
      at: integer(row, "at"),
      chain: hashIdFromBytes(blob(row, "chain")),
    };
  });
}

/** Numbers of the commits that an operation moved refs from and to. */
export function commitsOfBody(body: Uint8Array): readonly number[] {
  return decodeBody(body).refs.flatMap(({ before, after }) => [before, after].filter((n) => n !== null));
}

/** Reads the hashes of numbered rows with one statement. Null stands for itself; a number without a row is damage. */
function hashesOf<Id extends ChainHash | CommitId>(
  database: Database,
  select: string,
  numbers: readonly (number | null)[],
): (n: number | null) => Id | null {
  const wanted = numbers.filter((n) => n !== null);
  const rows =
    wanted.length === 0
      ? []
      : database.all(`${select} IN (SELECT value FROM json_each(?))`, JSON.stringify(wanted));
  const found = new Map(rows.map((row) => [integer(row, "n"), hashIdFromBytes<Id>(blob(row, "hash"))]));
  return (n) => {
    if (n === null) return null;
    const id = found.get(n);
    if (id === undefined) throw damagedRow(`number ${n}`, "what the log refers to");
    return id;
  };
}

export function wordsOfRow(row: Row): ReturnType<typeof decodeOperationWords> {
  try {
    return decodeOperationWords(blobOrNull(row, "words"));
  } catch (error) {
    if (error instanceof RangeError) throw damagedRow("operation.words", "the words of an operation");
    throw error;
  }
}

/** A row's `body`: what it refers to stands there as numbers. */
function decodeBody(bytes: Uint8Array) {
  const [collections, parents, refs, undoes, group, uncertain] = readTuple(decodeCanonical(bytes), 6);
  return {
    collections: readList(collections).map(readCount),
    parents: readList(parents).map(countOrNull),
    refs: readList(refs).map((move) => {
      const [name, before, after] = readTuple(move, 3);
      return { name: readCount(name), before: countOrNull(before), after: countOrNull(after) };
    }),
    undoes: undoes === null ? null : operationIdOfCell(readBytes(undoes)),
    group: readTextOrNull(group),
    atUncertain: uncertain === true,
  };
}

function countOrNull(value: CanonicalValue | undefined): number | null {
  return value === null ? null : readCount(value);
}

function collectionOf(names: Names, n: number): CollectionId {
  const id = parseRandomId("collection", names.textOf(n));
  if (id === undefined) throw damagedRow(`text ${n}`, "a collection's id");
  return id;
}

/** Reads a ref's name out of the store. */
export function refNameOf(name: string): RefName {
  const [collection = "", folder, ...rest] = name.split("/");
  const id = parseRandomId("collection", collection);
  if (id === undefined || (folder !== "heads" && folder !== "checkouts")) {
    throw damagedRow(name, "a ref's name");
  }
  return `${id}/${folder}/${rest.join("/")}`;
}
