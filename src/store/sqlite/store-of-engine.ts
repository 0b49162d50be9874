import type { WallClock } from "../../domain/clock.ts";
import { hexOfBytes } from "../../domain/hex.ts";
import type { StoreCapabilities, WriteBatch, WriteOutcome } from "../history-store.ts";
import type { Store } from "../store.ts";
import type { EngineCall, EngineOutcome } from "./engine-methods.ts";

const capabilities: StoreCapabilities = { engine: "sqlite", oneTransaction: true, maintenance: true };
const saltBytes = 16;

function outcomeOf(outcome: EngineOutcome, batch: WriteBatch | undefined): WriteOutcome {
  if (outcome.status !== "done" || outcome.replayed) return outcome;
  if (batch === undefined) throw new RangeError("an outcome without a batch");
  return { status: "done", operation: { ...batch.operation, ...outcome.recorded }, replayed: false };
}

/** An engine that has opened its store. */
export interface RunningEngine {
  readonly call: EngineCall;
  readonly close: () => Promise<void>;
}

/** The port over an engine, wherever that runs. Time and randomness are taken here and sent along. */
export function storeOfEngine(
  { call, close }: RunningEngine,
  clock: WallClock,
  random: (count: number) => Uint8Array,
): Store {
  return {
    history: {
      capabilities,
      getMany: (ids) => (ids.length === 0 ? Promise.resolve([]) : call("getMany", ids)),
      inspect: (ids) => call("inspect", ids),
      resolve: (prefix) => call("resolve", prefix),
      commit: (id) => call("commit", id),
      ref: (name) => call("ref", name),
      refs: (collection) => call("refs", collection),
      operation: (id) => call("operation", id),
      operations: (query) => call("operations", query),
      chainHead: (collection) => call("chainHead", collection),
      conflicts: (query) => call("conflicts", query),
      pins: (collection) => call("pins", collection),
      verify: () => call("verify", undefined),
      verifyAgainst: (collection, head) => call("verifyAgainst", { collection, head }),
    },
    maintenance: {
      identity: () => call("identity", undefined),
      prune: (request) => call("prune", { ...request, wall: clock.now(), salt: random(saltBytes) }),
      compact: (request) => call("compact", { ...request, wall: clock.now() }),
      forget: (request) => call("forget", { ...request, wall: clock.now(), salt: random(saltBytes) }),
      backup: (file) => call("backup", { file, unique: hexOfBytes(random(8)) }),
    },
    checkouts: {
      checkouts: () => call("checkouts", undefined),
      index: (checkout, place) => call("index", { checkout, place }),
      written: (checkout, place) => call("written", { checkout, place }),
      pending: (checkout) => call("pending", checkout),
      asides: (checkout) => call("asides", checkout),
      kept: (collection) => call("kept", collection),
      drafts: (collection) => call("drafts", collection),
      apply: async (batch, { durable }) => {
        await call("apply", { batch, durable });
      },
    },
    write: async (batches, options) => {
      const { outcomes, localWritten } = await call("write", {
        batches,
        local: options?.local ?? null,
        whole: options?.whole ?? false,
        wall: clock.now(),
        salts: random(saltBytes * batches.length),
      });
      return { outcomes: outcomes.map((one, index) => outcomeOf(one, batches[index])), localWritten };
    },
    putAhead: async (blobs) => {
      await call("putAhead", { blobs, wall: clock.now() });
    },
    close,
  };
}
