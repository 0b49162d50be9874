import type { Operation, OperationDraft } from "../../domain/operations.ts";
import type { Database } from "./database.ts";
import type { MaintenanceContext } from "./engine-methods.ts";
import type { Names } from "./names.ts";
import { OpenWrite } from "./open-write.ts";
import { prepareBatch } from "./prepare-batch.ts";
import { refusedMaintenance } from "./refused-maintenance.ts";
import { writeBatch } from "./write-batch.ts";

/** Appends an operation that brings no objects, under the write lock. Throws E-INVALID where it is refused. */
export function recordOperation(
  database: Database,
  names: Names,
  context: MaintenanceContext,
  operation: OperationDraft,
): Operation {
  const batch = { objects: [], operation, openConflicts: [], settleConflicts: [], pins: [], unpins: [] };
  const prepared = prepareBatch(
    { database, known: names.objects, fresh: new Map(), compresses: true },
    batch,
    context.salt,
  );
  if ("refused" in prepared) throw refusedMaintenance(prepared.refused);
  const outcome = writeBatch(new OpenWrite(database, names, null), prepared, context.wall);
  if (outcome.status === "done" && !outcome.replayed) return outcome.operation;
  throw refusedMaintenance(
    outcome.status === "refused" ? outcome.why : `the operation was ${outcome.status}`,
  );
}
