import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer } from "./outcomes.ts";
import { withUpstreams } from "./updates/fetch-upstreams.ts";
import { planUpdates } from "./updates/plan-updates.ts";
import { type ShownUpdate, shownUpdate, waitingStates, writingStates } from "./updates/shown-update.ts";
import { entriesNamed, readTracked } from "./updates/tracked.ts";
import { reading } from "./workbench/reading.ts";

export interface OutdatedInput extends CallOptions {
  /** `skill/pdf`; absent for all. */
  readonly artifacts?: readonly string[];
}

export interface OutdatedData {
  /** Every artifact with an upstream, in the order of the manifest; also those that are current. */
  readonly updates: readonly ShownUpdate[];
}

/**
 * What an update would bring, and how it would meet the edits made here. Asks every source once; one that gives no
 * answer is a row, and holds up no other. Throws E-COLLECTION-FILE and E-NOT-FOUND.
 */
export async function outdated(
  environment: Environment,
  input: OutdatedInput = {},
): Promise<Answer<OutdatedData>> {
  return await reading(environment, input, async (bench) => {
    const tracked = await readTracked(bench);
    const entries = entriesNamed(tracked, input.artifacts);
    const rows = await withUpstreams(environment, bench.located.base, (upstreams) =>
      planUpdates(bench, tracked, entries, upstreams, {
        strategy: null,
        policy: tracked.file.updates ?? {},
        allowed: new Set(tracked.file.allow.map((one) => one.fingerprint)),
        isNamed: false,
        now: environment.clock.now(),
        storesAhead: false,
      }),
    );
    const isThereAny = rows.some((row) => writingStates.has(row.state));
    return answer(
      { updates: rows.map(shownUpdate) },
      {
        notices: bench.notices,
        needsDecision: false,
        next: isThereAny
          ? ["stet update", "stet diff --upstream"]
          : rows.some((row) => waitingStates.has(row.state))
            ? ["stet audit"]
            : [],
      },
    );
  });
}
