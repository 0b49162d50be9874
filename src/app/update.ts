import type { UpdateStrategy } from "../collections/collection-file.ts";
import type { Environment, MergingOptions } from "./environment.ts";
import { type Answer, answer, type ChangeOutcome, nothingChanged } from "./outcomes.ts";
import type { FileEdit } from "./record/change.ts";
import { type Upstreams, withUpstreams } from "./updates/fetch-upstreams.ts";
import { openTree, planUpdates } from "./updates/plan-updates.ts";
import { recordUpstreams, type UpstreamChange } from "./updates/record-upstreams.ts";
import { type ShownUpdate, shownUpdate, waitingStates, writingStates } from "./updates/shown-update.ts";
import { entriesNamed, readTracked } from "./updates/tracked.ts";
import type { UpdateRow } from "./updates/update-row.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface UpdateInput extends Omit<MergingOptions, "strategy"> {
  /** `skill/pdf`; absent for all that have an update which nobody has to look at first. */
  readonly artifacts?: readonly string[];
  /** How the update meets edits made here; by default what the collection says, and else `merge`. */
  readonly strategy?: UpdateStrategy;
  readonly dryRun?: boolean;
}

export interface UpdateData extends ChangeOutcome {
  readonly updates: readonly ShownUpdate[];
}

/**
 * Takes in what changed upstream since each artifact's base, merged with the edits made here: files, manifest, lock
 * and targets in one operation. What overlaps becomes a conflict, and all else goes through; what has to be allowed
 * first, or gives no answer, is left and named. Throws E-COLLECTION-FILE and E-NOT-FOUND.
 */
export async function update(environment: Environment, input: UpdateInput = {}): Promise<Answer<UpdateData>> {
  // What is fetched is fetched before anything is locked: nobody waits for a network.
  const base = await reading(environment, input, async (bench) => bench.located.base);
  return await withUpstreams(environment, base, async (upstreams) => {
    await fetchAhead(environment, input, upstreams);
    return await updateFrom(environment, input, upstreams);
  });
}

async function updateFrom(
  environment: Environment,
  input: UpdateInput,
  upstreams: Upstreams,
): Promise<Answer<UpdateData>> {
  const run = input.dryRun === true ? reading : writing;
  return await run(environment, input, async (bench: Workbench) => {
    const tracked = await readTracked(bench);
    const rows = await planUpdates(bench, tracked, entriesNamed(tracked, input.artifacts), upstreams, {
      strategy: input.strategy ?? null,
      policy: tracked.file.updates ?? {},
      allowed: new Set(tracked.file.allow.map((one) => one.fingerprint)),
      isNamed: (input.artifacts?.length ?? 0) > 0,
      now: environment.clock.now(),
      storesAhead: input.dryRun !== true,
    });
    const chosen = rows.filter((row) => writingStates.has(row.state));
    const outcome =
      input.dryRun === true || chosen.length === 0
        ? nothingChanged
        : await recordUpstreams(bench, tracked, chosen.map(changeOf), {
            kind: "update",
            options: input,
            details: detailsOf(chosen),
          });
    const waits = rows.some((row) => waitingStates.has(row.state)) || outcome.conflicts.length > 0;
    return answer(
      { ...outcome, updates: rows.map(shownUpdate) },
      { notices: bench.notices, needsDecision: waits, next: nextOf(rows, outcome, input) },
    );
  });
}

/** Asks and fetches everything once, without a lock; a source that fails is told again by its row. */
async function fetchAhead(environment: Environment, input: UpdateInput, upstreams: Upstreams): Promise<void> {
  await reading(environment, input, async (bench) => {
    const tracked = await readTracked(bench);
    for (const entry of entriesNamed(tracked, input.artifacts)) {
      const have = tracked.lock.get(`${entry.artifact.kind}/${entry.artifact.name}`);
      const fetched = await upstreams.ofEntry(entry);
      if (
        fetched.error === null &&
        (fetched.resolved.commit === null || fetched.resolved.commit !== have?.commit)
      )
        await openTree(fetched);
    }
  });
}

/** What an update does to one artifact. */
function changeOf({ key, entry, arrival, merged }: UpdateRow): UpstreamChange {
  const bytes = new Map(
    [...(merged?.objects ?? []), ...(arrival?.blobs ?? [])].map((object) => [
      object.id as string,
      object.bytes,
    ]),
  );
  const edits: readonly FileEdit[] = (merged?.changesFromTheirs ?? []).map(({ path, after }) => ({
    path,
    after,
    bytes: after === null ? null : (bytes.get(after.blob) ?? null),
  }));
  return {
    key,
    entry,
    arrival,
    edits,
    conflicts: merged?.conflicts ?? [],
    decisions: (merged?.decisions ?? []).filter((one) => one.rule !== "R1"),
  };
}

function detailsOf(rows: readonly UpdateRow[]): Readonly<Record<string, string>> {
  const shown = rows.slice(0, 20).map((row) => `${row.key} ${row.reason}`);
  const more = rows.length > shown.length ? [`and ${rows.length - shown.length} more`] : [];
  return { updated: [...shown, ...more].join("; ") };
}

function nextOf(rows: readonly UpdateRow[], outcome: ChangeOutcome, input: UpdateInput): readonly string[] {
  if (input.dryRun === true) return rows.some((row) => writingStates.has(row.state)) ? ["stet update"] : [];
  if (outcome.conflicts.length > 0) return ["stet conflicts", "stet undo"];
  if (rows.some((row) => row.state === "security")) return ["stet audit"];
  return outcome.operation === null ? [] : ["stet undo"];
}
