import { hexOfBytes } from "../../domain/hex.ts";
import { type CommitId, hashIdFromBytes, hashIdToBytes } from "../../domain/ids.ts";
import { decodeCommit } from "../../snapshot/commit.ts";
import type { Ref, StoredCommit } from "../history-store.ts";
import { backupStore } from "./backup-store.ts";
import { compactStore, noProgress } from "./compact-store.ts";
import { readConflicts } from "./conflict-table.ts";
import type { Database } from "./database.ts";
import type { EngineMethods } from "./engine-methods.ts";
import { forgetInStore } from "./forget-store.ts";
import { inspectObject } from "./inspect-object.ts";
import { readAsides, readCheckouts, readIndex, readPending, readWritten } from "./local-reading.ts";
import { Names } from "./names.ts";
import { findObject, readObject } from "./object-table.ts";
import { headOf } from "./open-write.ts";
import { queryOperations } from "./operation-query.ts";
import { readOperation, refNameOf } from "./operation-reading.ts";
import { sequenceOf } from "./operation-table.ts";
import { readPins } from "./pin-table.ts";
import { pruneStore } from "./prune-store.ts";
import { putAhead } from "./put-ahead.ts";
import { resolvePrefix } from "./resolve-prefix.ts";
import { blob, text } from "./row.ts";
import { readDrafts, readKept } from "./side-texts.ts";
import { storeIdOf } from "./store-identity.ts";
import { sweepAhead } from "./sweep-ahead.ts";
import { verifyAgainst } from "./verify-operations.ts";
import { verifyStore } from "./verify-store.ts";
import { readWords } from "./words-cell.ts";
import { applyLocal, writeBatches } from "./write-batches.ts";

/** The engine on one connection: synchronous, and on whichever thread it was made. */
export function createEngine(database: Database, file: string): EngineMethods {
  const names = new Names(database);
  const compacting = noProgress();
  const read = <Result>(body: () => Result): Result => database.read(body);
  return {
    getMany: (ids) => read(() => ids.map((id) => readObject(database, id)?.bytes)),
    inspect: (ids) => read(() => ids.map((id) => inspectObject(database, id))),
    resolve: (prefix) => read(() => resolvePrefix(database, prefix)),
    commit: (id) => read(() => readCommit(database, id)),
    ref: (name) => readRefs(database, "name = ?", name)[0]?.commit,
    refs: (collection) =>
      collection === undefined
        ? readRefs(database, "TRUE")
        : readRefs(database, "name >= ? AND name < ?", `${collection}/`, `${collection}0`),
    operation: (id) =>
      read(() => {
        const sequence = sequenceOf(database, id);
        return sequence === null ? undefined : readOperation(database, names, sequence);
      }),
    operations: (query) => read(() => queryOperations(database, names, query)),
    chainHead: (collection) =>
      read(() => {
        const n = names.findText(collection);
        return n === undefined ? null : (headOf(database, n)?.chain ?? null);
      }),
    conflicts: (query) => read(() => readConflicts(database, query)),
    pins: (collection) => read(() => readPins(database, collection)),
    verify: () => read(() => verifyStore(database, names)),
    verifyAgainst: ({ collection, head }) => read(() => verifyAgainst(database, names, collection, head)),
    write: (input) => writeBatches(database, names, input),
    putAhead: (input) => putAhead(database, names, input),
    identity: () => hexOfBytes(storeIdOf(database)),
    prune: (request) => forgetNamesOnError(names, () => pruneStore(database, names, request)),
    compact: (request) => {
      sweepAhead(database, names, request.wall);
      return compactStore(database, request, compacting);
    },
    forget: (request) => forgetNamesOnError(names, () => forgetInStore(database, names, request)),
    backup: ({ file: target, unique }) => backupStore(file, target, unique),
    checkouts: () => readCheckouts(database),
    index: ({ checkout, place }) => read(() => readIndex(database, names, checkout, place)),
    written: ({ checkout, place }) => read(() => readWritten(database, names, checkout, place)),
    pending: (checkout) => read(() => readPending(database, names, checkout)),
    asides: (checkout) => read(() => readAsides(database, names, checkout)),
    kept: (collection) => read(() => readKept(database, collection)),
    drafts: (collection) => read(() => readDrafts(database, collection)),
    apply: ({ batch, durable }) => applyLocal(database, names, batch, durable),
  };
}

/** What was numbered in a transaction that was taken back may be numbered otherwise in the next. */
function forgetNamesOnError<Result>(names: Names, body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    names.forget();
    throw error;
  }
}

function readRefs(database: Database, filter: string, ...cells: readonly string[]): readonly Ref[] {
  return database
    .all(
      `SELECT name, hash FROM ref JOIN object ON object.n = ref.target WHERE ${filter} ORDER BY name`,
      ...cells,
    )
    .map((row) => ({
      name: refNameOf(text(row, "name")),
      commit: hashIdFromBytes<CommitId>(blob(row, "hash")),
    }));
}

function readCommit(database: Database, id: CommitId): StoredCommit | undefined {
  const row = findObject(database, hashIdToBytes(id));
  const read = row?.kind === "commit" ? readObject(database, id) : undefined;
  if (row === undefined || read === undefined) return undefined;
  const { fields, wordsForgotten } = decodeCommit(read.bytes, readWords(database, row.n));
  return { ...fields, id, wordsForgotten };
}
