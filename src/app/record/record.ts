import type { Checkout } from "../../store/checkout-store.ts";
import { type ChangeOutcome, nothingChanged } from "../outcomes.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { type BuiltRecord, buildRecord } from "./build-record.ts";
import type { Change } from "./change.ts";
import { putOnDisk } from "./put-on-disk.ts";

/**
 * Records one change: the way of every save. Builds the snapshot and the commit on what the checkout has,
 * writes them with the operation in one transaction, and puts the files in place.
 *
 * Throws E-STALE where the files or the ref moved in between: `writing` then begins again.
 */
export async function record(bench: Workbench, change: Change): Promise<ChangeOutcome> {
  const [outcome] = await recordTogether(bench, [change]);
  return outcome ?? nothingChanged;
}

/**
 * Records changes of different files, each as an operation of its own on top of the one before it, in one
 * transaction and with their files put in place together: many saves cost little more than one. All or none of
 * them are recorded. Throws as `record` does.
 */
export async function recordTogether(
  bench: Workbench,
  changes: readonly Change[],
): Promise<readonly ChangeOutcome[]> {
  const before = new Map<Workbench, Checkout>();
  const built: (BuiltRecord | null)[] = [];
  try {
    let present = await bench.presentAround(changes.flatMap((one) => one.edits.map((edit) => edit.path)));
    for (const change of changes) {
      const pending = built.flatMap((one) => one?.batch.objects.filter(({ kind }) => kind === "node") ?? []);
      const one = await buildRecord(bench, present, change, pending);
      built.push(one);
      present = one?.present ?? present;
      // The next one is built on where this one leads.
      for (const move of one?.moves ?? []) {
        before.set(move.bench, before.get(move.bench) ?? move.bench.checkout);
        move.bench.moveTo(move.checkout);
      }
    }
    await write(
      bench,
      built.filter((one) => one !== null),
    );
  } catch (error) {
    for (const [moved, checkout] of before) moved.moveTo(checkout);
    throw error;
  }
  return built.map((one) => one?.outcome ?? nothingChanged);
}

async function write(bench: Workbench, built: readonly BuiltRecord[]): Promise<void> {
  if (built.length === 0) return;
  await putOnDisk(bench, {
    batches: built.map((one) => one.batch),
    local: built.map((one) => one.local),
    changes: built.flatMap(({ operation, disk }) => disk.map((change) => ({ ...change, operation }))),
  });
}
