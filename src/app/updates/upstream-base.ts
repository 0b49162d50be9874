/**
 * The version of a third-party artifact that edits here are compared with.
 *
 * - It is a snapshot of the artifact's files by inner path, held by a commit of its own, which a pin keeps: no prune
 *   and no collection of garbage takes what the next update is merged from.
 * - A pin of an upstream version begins with an at sign, as no person's pin can.
 */
import type { UpstreamEntry } from "../../collections/manifest/upstream-entry.ts";
import type { FileEntry } from "../../domain/files.ts";
import type { SnapshotId } from "../../domain/ids.ts";
import type { CollectionPath } from "../../domain/paths.ts";
import { encodeCommit } from "../../snapshot/commit.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import type { Pin } from "../../store/history-store.ts";
import { entriesOfSnapshot } from "../workbench/present.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { Arrival } from "./arrival.ts";

const pinPrefix = "@upstream-";

/** Whether a pin keeps an upstream version, and is no person's. */
export function isUpstreamPin(name: string): boolean {
  return name.startsWith(pinPrefix);
}

export interface KeptBase {
  readonly objects: readonly NewObject[];
  readonly pins: readonly Pick<Pin, "name" | "commit" | "note">[];
}

/** What keeps an arrival as the base of the next update. `known` are the pins that are there; it gets those that are set. */
export function keepBase(
  bench: Workbench,
  entry: UpstreamEntry,
  arrival: Pick<Arrival, "snapshot" | "blobs" | "publisher">,
  known: Set<string>,
): KeptBase {
  const { id, nodes } = arrival.snapshot;
  const name = `${pinPrefix}${id.slice("sha256:".length)}`;
  if (known.has(name)) return { objects: [], pins: [] };
  known.add(name);
  const commit = encodeCommit(
    {
      snapshot: id,
      parents: [],
      author: { name: arrival.publisher ?? entry.source, kind: "unknown" },
      agentId: null,
      modelId: null,
      toolchainId: null,
      promptHash: null,
      session: null,
      message: null,
      committedAt: bench.environment.clock.now(),
      branch: "upstream",
      semVerBump: null,
      breakingChanges: [],
      metadata: {},
      structuredDelta: [],
    },
    bench.environment.random(16),
  );
  return {
    objects: [...arrival.blobs, ...nodes, { kind: "commit", ...commit }],
    pins: [{ name, commit: commit.id, note: entry.source }],
  };
}

/** The files of a base by inner path; null where this store does not have it, as after a clone. */
export async function baseEntries(
  bench: Workbench,
  base: SnapshotId,
): Promise<ReadonlyMap<CollectionPath, FileEntry> | null> {
  const [state] = await bench.store.history.inspect([base]);
  return state?.state === "present" ? await entriesOfSnapshot(bench.store, base) : null;
}
