import { hashIdToBytes, type ObjectId } from "../../domain/ids.ts";
import type { ForgetRequest, ForgetResult } from "../maintenance.ts";
import { encodeForgottenWords } from "../operation-chain.ts";
import { forgetUnits } from "./conflict-table.ts";
import type { Database } from "./database.ts";
import type { MaintenanceContext } from "./engine-methods.ts";
import type { Names } from "./names.ts";
import type { ObjectRow } from "./object-row.ts";
import { findObject, isPresent } from "./object-table.ts";
import { operationColumns, wordsOfRow } from "./operation-reading.ts";
import { sequenceOf } from "./operation-table.ts";
import { recordRemoval } from "./prune-store.ts";
import { refusedMaintenance } from "./refused-maintenance.ts";
import { removeObjects } from "./remove-objects.ts";

/**
 * Removes content for good.
 *
 * Invariants: ids, links and records stay as they are, so the log still verifies; afterwards the bytes are in no
 * row, frame, free page or log of this file: deleted cells are overwritten (`secure_delete`), the file is written
 * anew, and the log is truncated. What lies outside the file (backups, packs, git, targets) is the caller's to say.
 */
export function forgetInStore(
  database: Database,
  names: Names,
  request: ForgetRequest & MaintenanceContext,
): ForgetResult {
  if (request.operation.kind !== "forget") throw refusedMaintenance("not an operation of kind forget");
  database.execute("PRAGMA secure_delete = ON");
  try {
    const result = database.write(() => {
      const numbers = new Set(request.blobs.map((id) => presentBlob(database, id).n));
      removeObjects(database, numbers);
      forgetUnits(database, request.wordsOfConflicts, numbers);
      for (const id of request.wordsOfCommits) {
        const row = findObject(database, hashIdToBytes(id));
        if (row !== undefined) database.run("DELETE FROM commit_words WHERE object = ?", row.n);
      }
      for (const id of request.wordsOfOperations) forgetWords(database, sequenceOf(database, id));
      const operation = recordRemoval(database, names, request, request.operation, numbers, "forget", {});
      return { operation, objects: numbers.size };
    });
    database.execute("VACUUM");
    emptyLog(database);
    return result;
  } finally {
    database.execute("PRAGMA secure_delete = OFF");
  }
}

function presentBlob(database: Database, id: ObjectId): ObjectRow {
  const row = findObject(database, hashIdToBytes(id));
  if (row === undefined || !isPresent(row)) throw refusedMaintenance(`not in the store: ${id}`);
  if (row.kind !== "blob")
    throw refusedMaintenance(`only files can be forgotten, and this is a ${row.kind}: ${id}`);
  return row;
}

function forgetWords(database: Database, sequence: number | null): void {
  const row =
    sequence === null
      ? undefined
      : database.get(`SELECT ${operationColumns} FROM operation WHERE sequence = ?`, sequence);
  if (row === undefined) throw refusedMaintenance("an operation that is not in the log");
  const words = wordsOfRow(row);
  if (words.forgotten || row.words === null) return;
  database.run(
    "UPDATE operation SET words = ? WHERE sequence = ?",
    encodeForgottenWords(words.hashes()),
    sequence,
  );
}

function emptyLog(database: Database): void {
  const row = database.get("PRAGMA wal_checkpoint(TRUNCATE)");
  if (row?.busy === 0) return;
  throw refusedMaintenance(
    "another process is reading the store, so its log could not be emptied yet; what was forgotten is gone with the next checkpoint",
  );
}
