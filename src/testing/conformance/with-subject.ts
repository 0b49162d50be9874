import type { Micros } from "../../domain/clock.ts";
import type { WriteBatch, WriteOutcome } from "../../store/history-store.ts";
import type { Store } from "../../store/store.ts";
import type { OpenFreshStore, StoreSubject } from "./store-subject.ts";
import { seededRandom, TestHistory } from "./test-history.ts";

export const testTime: Micros = 1_795_000_000_000_000;

export interface TestWorld extends StoreSubject {
  readonly history: TestHistory;
  /** Writes one batch and gives back its outcome. */
  readonly write: (batch: WriteBatch) => Promise<WriteOutcome>;
}

/** Runs a test on a fresh store, and removes it whatever happens. `now` stands in for the wall clock. */
export async function withSubject(
  open: OpenFreshStore,
  body: (world: TestWorld) => Promise<void>,
  options: { readonly seed?: number; readonly now?: () => Micros } = {},
): Promise<void> {
  const seed = options.seed ?? 1;
  let ticks = 0;
  const now = options.now ?? (() => testTime + ticks++ * 1000);
  const subject = await open({ clock: { now }, random: seededRandom(seed + 1_000_003) });
  try {
    await body({
      ...subject,
      history: new TestHistory(seed),
      write: (batch) => writeOne(subject.store, batch),
    });
  } finally {
    await subject.remove();
  }
}

export async function writeOne(store: Store, batch: WriteBatch): Promise<WriteOutcome> {
  const { outcomes } = await store.write([batch]);
  const [outcome] = outcomes;
  if (outcome === undefined) throw new Error("a batch without an outcome");
  return outcome;
}
