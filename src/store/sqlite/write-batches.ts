import type { LocalBatch } from "../checkout-store.ts";
import type { WriteOutcome } from "../history-store.ts";
import type { WriteResult } from "../store.ts";
import type { Database } from "./database.ts";
import type { WriteInput } from "./engine-methods.ts";
import { writeLocal } from "./local-tables.ts";
import type { Names } from "./names.ts";
import { type PreparedBatch, prepareBatch } from "./prepare-batch.ts";
import { writeBatch } from "./write-batch.ts";

/** Ends the transaction of a `whole` write without a word. */
class TakeBack extends Error {}

/** Writes batches and this machine's records in one transaction: one commit, one fsync. */
export function writeBatches(database: Database, names: Names, input: WriteInput): WriteResult {
  const prepared = input.batches.map((batch, index) => {
    const salt = input.salts[index];
    if (salt === undefined || salt.length < 16) throw new RangeError("a batch without a salt");
    return prepareBatch(database, batch, salt);
  });
  const outcomes: WriteOutcome[] = [];
  let localWritten = false;
  try {
    database.write(() => {
      for (const one of prepared) outcomes.push(writePrepared(database, names, one, input));
      const whole = outcomes.every((outcome) => outcome.status === "done");
      if (!whole && input.whole) throw new TakeBack();
      if (whole && input.local !== null) {
        writeLocal(database, names, input.local);
        localWritten = true;
      }
      // Nothing was written: the lock was only taken to be sure, and a commit of nothing costs no fsync.
    });
  } catch (error) {
    names.forget();
    if (!(error instanceof TakeBack)) throw error;
    return { outcomes: outcomes.map(withdrawn), localWritten: false };
  }
  return { outcomes, localWritten };
}

function writePrepared(
  database: Database,
  names: Names,
  prepared: PreparedBatch | { readonly refused: string },
  input: WriteInput,
): WriteOutcome {
  if ("refused" in prepared) return { status: "refused", why: prepared.refused };
  return writeBatch(database, names, prepared, input.wall);
}

/** An operation that was there before stays; what this transaction wrote is gone. */
function withdrawn(outcome: WriteOutcome): WriteOutcome {
  return outcome.status === "done" && !outcome.replayed ? { status: "withdrawn" } : outcome;
}

/**
 * Writes this machine's records alone. Not durable: the log is not synced for it. It is never torn all the same,
 * and the next durable transaction syncs it as well.
 */
export function applyLocal(database: Database, names: Names, batch: LocalBatch, durable: boolean): undefined {
  if (!durable) database.execute("PRAGMA synchronous = NORMAL");
  try {
    database.write(() => writeLocal(database, names, batch));
  } catch (error) {
    names.forget();
    throw error;
  } finally {
    if (!durable) database.execute("PRAGMA synchronous = FULL");
  }
}
