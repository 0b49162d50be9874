import { StetError } from "../../domain/errors.ts";
import { backupDaily } from "../backup.ts";
import { pruneAutomatically } from "./prune-by-policy.ts";
import type { Workbench } from "./workbench.ts";

/**
 * What a store needs once a day of use: a backup, and then pruning where the collection's policy says so. What
 * the command itself did is done by then, so a failure here is noticed and never reported as its own (BUGS S9).
 */
export async function careAutomatically(bench: Workbench): Promise<void> {
  try {
    await backupDaily(bench.environment, bench.store);
    await pruneAutomatically(bench);
  } catch (error) {
    const why = error instanceof StetError ? `${error.what} ${error.why}` : null;
    const name = error instanceof Error && "code" in error ? String(error.code) : null;
    if (why === null && name === null) throw error;
    bench.notice("W-CARE", `The daily care of the store was left for next time: ${why ?? name}`);
  }
}
