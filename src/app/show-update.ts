import { pathOfInner } from "../artifacts/artifact-path.ts";
import type { FileEntry } from "../domain/files.ts";
import type { BlobId } from "../domain/ids.ts";
import type { CollectionPath } from "../domain/paths.ts";
import type { CallOptions, Environment } from "./environment.ts";
import type { FileDiff } from "./history/text-diff.ts";
import { type Answer, answer } from "./outcomes.ts";
import { diffOfEntries } from "./updates/diff-of-entries.ts";
import { withUpstreams } from "./updates/fetch-upstreams.ts";
import { entriesHere, planUpdates } from "./updates/plan-updates.ts";
import { type ShownUpdate, shownUpdate, writingStates } from "./updates/shown-update.ts";
import { entriesNamed, readTracked } from "./updates/tracked.ts";
import type { UpdateRow } from "./updates/update-row.ts";
import { baseEntries } from "./updates/upstream-base.ts";
import { reading } from "./workbench/reading.ts";

type Entries = ReadonlyMap<CollectionPath, FileEntry>;

export interface UpdateDetail {
  readonly update: ShownUpdate;
  /** What they changed since the version that is here; empty where they gave no answer. */
  readonly theirs: readonly FileDiff[];
  /** What was changed here since. */
  readonly mine: readonly FileDiff[];
  /** What an update would change here; where both changed the same, what is here stays until it is settled. */
  readonly result: readonly FileDiff[];
}

/** One artifact before it is updated. Throws E-COLLECTION-FILE and E-NOT-FOUND. */
export async function showUpdate(
  environment: Environment,
  input: CallOptions & { readonly artifact: string },
): Promise<Answer<UpdateDetail>> {
  return await reading(environment, input, async (bench) => {
    const tracked = await readTracked(bench);
    const entries = entriesNamed(tracked, [input.artifact]);
    return await withUpstreams(environment, bench.located.base, async (upstreams) => {
      const rows = await planUpdates(bench, tracked, entries, upstreams, {
        strategy: null,
        policy: tracked.file.updates ?? {},
        allowed: new Set(tracked.file.allow.map((one) => one.fingerprint)),
        isNamed: true,
        now: environment.clock.now(),
        storesAhead: false,
      });
      const [row] = rows;
      if (row === undefined) throw new RangeError(`no row of ${input.artifact}`);
      const base = row.have === null ? null : await baseEntries(bench, row.have.base);
      const here: Entries = (await entriesHere(bench)).get(row.key) ?? new Map();
      const { arrival, key } = row;
      const data: UpdateDetail = {
        update: shownUpdate(row),
        theirs:
          base === null || arrival === null
            ? []
            : await diffOfEntries(bench, key, base, arrival.entries, arrival.blobs),
        mine: base === null ? [] : await diffOfEntries(bench, key, base, here, []),
        result: await diffOfEntries(bench, key, here, updated(row, here), contentOf(row)),
      };
      const next = writingStates.has(row.state) ? [`stet update ${key}`] : [];
      return answer(data, { notices: bench.notices, next });
    });
  });
}

/** The files as an update would leave them. */
function updated({ entry, merged, arrival }: UpdateRow, here: Entries): Entries {
  const after = new Map(here);
  const changes = new Map<string, FileEntry | null>(
    merged?.changesFromTheirs.map((change) => [change.path, change.after]),
  );
  for (const inner of new Set([...here.keys(), ...(arrival?.entries.keys() ?? [])])) {
    const change = changes.get(pathOfInner(entry.artifact, inner) ?? "");
    if (change === null) after.delete(inner);
    else if (change !== undefined) after.set(inner, change);
  }
  return after;
}

/** What the store does not have yet. */
function contentOf({ merged, arrival }: UpdateRow) {
  const blobs: { readonly kind: "blob"; readonly id: BlobId; readonly bytes: Uint8Array }[] = [
    ...(arrival?.blobs ?? []),
  ];
  for (const object of merged?.objects ?? []) if (object.kind === "blob") blobs.push(object);
  return blobs;
}
