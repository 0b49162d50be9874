import { lockPlaces, type PlacesLock } from "../../workspace/lock.ts";
import { recover } from "../../workspace/recover.ts";
import { artifactKey } from "../history/artifact-key.ts";
import type { Workbench } from "./workbench.ts";

/**
 * Locks the checkout. Throws E-LOCKED, naming the holder, and E-DETACHED.
 *
 * @param waitMillisecondsMax by default as long as a writer waits; a reader does not wait for one.
 */
export async function lockCheckout(bench: Workbench, waitMillisecondsMax?: number): Promise<PlacesLock> {
  const { disk, environment } = bench;
  const lock = await lockPlaces({
    disk,
    places: [bench.root],
    holder: { processId: environment.processId, host: environment.host, command: "stet" },
    random: environment.random,
    ...(waitMillisecondsMax === undefined ? {} : { waitMillisecondsMax }),
  });
  bench.holdLock(lock);
  return lock;
}

/** Finishes, or takes back, what a process left half done, and says so. The checkout must be locked. */
export async function recoverCheckout(bench: Workbench): Promise<void> {
  const { store, disk, environment } = bench;
  const recovery = await recover({
    store,
    disk,
    clock: environment.clock,
    random: environment.random,
    lock: bench.lock,
    artifactOf: (_place, path) => artifactKey(path),
  });
  for (const { operation, status } of recovery.operations) {
    if (status.kind === "finished") bench.notice("W-RECOVERED", `${operation} was finished.`);
    if (status.kind === "reverted") {
      bench.notice("W-RECOVERED", `${operation} was taken back by ${status.by}: ${status.why}`);
      for (const path of status.stuck) bench.notice("E-STUCK", `${path}: neither finished nor taken back`);
    }
  }
  for (const { path } of recovery.kept)
    bench.notice("W-KEPT", `${path}: a version somebody still wrote is kept`);
  await bench.refresh();
}
