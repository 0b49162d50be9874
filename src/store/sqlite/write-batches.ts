import type { Micros } from "../../domain/clock.ts";
import type { LocalBatch } from "../checkout-store.ts";
import type { Database } from "./database.ts";
import type { EngineOutcome, EngineWriteResult, WriteInput } from "./engine-methods.ts";
import { writeLocal } from "./local-tables.ts";
import type { Names } from "./names.ts";
import { OpenWrite } from "./open-write.ts";
import { type PreparedBatch, prepareBatch } from "./prepare-batch.ts";
import { writeBatch } from "./write-batch.ts";

/** Of the words of one operation. */
const saltBytes = 16;

/** Of so many batches in one transaction small files are stored as they are: others wait, and `compact` packs them. */
const crowdMin = 8;

/** Ends the transaction of a `whole` write without a word. */
class TakeBack extends Error {}

/** Writes batches and this machine's records in one transaction: one commit, one fsync. */
export function writeBatches(database: Database, names: Names, input: WriteInput): EngineWriteResult {
  const version = database.version();
  const preparation = {
    database,
    known: names.objects,
    fresh: new Map(),
    compresses: input.batches.length < crowdMin,
  };
  // In a transaction for reading: without one, every look-up takes and gives back a lock of its own.
  const prepared = database.read(() =>
    input.batches.map((batch, index) => {
      const salt = input.salts.subarray(index * saltBytes, (index + 1) * saltBytes);
      if (salt.length < saltBytes) throw new RangeError("a batch without a salt");
      return prepareBatch(preparation, batch, salt);
    }),
  );
  const outcomes: EngineOutcome[] = [];
  let localWritten = false;
  try {
    database.write(() => {
      const open = new OpenWrite(database, names, version);
      for (const one of prepared) outcomes.push(writePrepared(open, one, input.wall));
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
  open: OpenWrite,
  prepared: PreparedBatch | { readonly refused: string },
  wall: Micros,
): EngineOutcome {
  if ("refused" in prepared) return { status: "refused", why: prepared.refused };
  const outcome = writeBatch(open, prepared, wall);
  if (outcome.status !== "done") return outcome;
  const { operation } = outcome;
  if (outcome.replayed) return { status: "done", operation, replayed: true };
  const { sequence, at, atUncertain, parents, chain } = operation;
  return { status: "done", recorded: { sequence, at, atUncertain, parents, chain }, replayed: false };
}

/** An operation that was there before stays; what this transaction wrote is gone. */
function withdrawn(outcome: EngineOutcome): EngineOutcome {
  return outcome.status === "done" && !outcome.replayed ? { status: "withdrawn" } : outcome;
}

/**
 * Writes this machine's records alone. Not durable: the log is not synced for it. It is never torn all the same,
 * and the next durable transaction syncs it as well.
 */
export function applyLocal(database: Database, names: Names, batch: LocalBatch, durable: boolean): undefined {
  const write = (): void => {
    try {
      database.write(() => writeLocal(database, names, batch));
    } catch (error) {
      names.forget();
      throw error;
    }
  };
  if (durable) write();
  else database.withoutSync(write);
}
