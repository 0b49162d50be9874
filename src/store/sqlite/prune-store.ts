import { createHash } from "node:crypto";
import { hexOfBytes } from "../../domain/hex.ts";
import type { Operation, OperationDraft } from "../../domain/operations.ts";
import type { PruneRequest, PruneResult } from "../maintenance.ts";
import { codecs } from "./codec.ts";
import type { Database } from "./database.ts";
import type { MaintenanceContext } from "./engine-methods.ts";
import { LiveObjects } from "./live-objects.ts";
import type { Names } from "./names.ts";
import { recordOperation } from "./record-operation.ts";
import { refusedMaintenance } from "./refused-maintenance.ts";
import { removeObjects } from "./remove-objects.ts";
import { blob, integer } from "./row.ts";

/**
 * Removes content that nothing keeps. Commits stay as records; nodes and blobs go.
 *
 * Invariants: the operation and the tombstones are written in the transaction that empties the rows, and the
 * operation's details name a hash over all its tombstones, which its link in the chain covers: absent *with* a
 * tombstone is pruned, absent without is lost.
 */
export function pruneStore(
  database: Database,
  names: Names,
  request: PruneRequest & MaintenanceContext,
): PruneResult {
  if (request.operation.kind !== "prune") throw refusedMaintenance("not an operation of kind prune");
  if (request.dryRun) {
    const { numbers, bytes } = database.read(() => removable(database, names, request));
    return { operation: null, objects: numbers.size, bytes };
  }
  return database.write(() => {
    database.run("DELETE FROM kept WHERE at < ?", request.keepConflictsSince);
    const { numbers, bytes } = removable(database, names, request);
    if (numbers.size === 0) return { operation: null, objects: 0, bytes: 0 };
    removeObjects(database, numbers);
    const operation = recordRemoval(database, names, request, request.operation, numbers, request.policy, {
      bytes: String(bytes),
    });
    return { operation, objects: numbers.size, bytes };
  });
}

function removable(
  database: Database,
  names: Names,
  request: PruneRequest & MaintenanceContext,
): { readonly numbers: ReadonlySet<number>; readonly bytes: number } {
  const live = new LiveObjects(database, names);
  live.markRoots(request);
  const numbers = new Set<number>();
  let bytes = 0;
  const rows = database.iterate("SELECT n, size FROM object WHERE kind < 2 AND codec <> ?", codecs.pruned);
  for (const row of rows) {
    const n = integer(row, "n");
    if (live.has(n)) continue;
    numbers.add(n);
    bytes += integer(row, "size");
  }
  return { numbers, bytes };
}

/** Records a removal and its tombstones, under the write lock. */
export function recordRemoval(
  database: Database,
  names: Names,
  context: MaintenanceContext,
  draft: OperationDraft,
  numbers: ReadonlySet<number>,
  policy: string,
  details: Readonly<Record<string, string>>,
): Operation {
  const operation = recordOperation(database, names, context, {
    ...draft,
    details: {
      ...draft.details,
      ...details,
      policy,
      objects: String(numbers.size),
      tombstones: tombstonesHash(database, numbers),
    },
  });
  for (const n of numbers) {
    database.run(
      "INSERT INTO tombstone (object, operation, policy) VALUES (?, ?, ?)",
      n,
      operation.sequence,
      policy,
    );
  }
  return operation;
}

/** SHA-256 over the sorted hashes of what is removed, in hex: what binds the tombstones into the chain. */
export function tombstonesHash(database: Database, numbers: Iterable<number>): string {
  const hashes: string[] = [];
  for (const n of numbers) {
    const row = database.get("SELECT hash FROM object WHERE n = ?", n);
    if (row !== undefined) hashes.push(hexOfBytes(blob(row, "hash")));
  }
  const digest = createHash("sha256");
  for (const hash of hashes.sort()) digest.update(Buffer.from(hash, "hex"));
  return digest.digest("hex");
}
