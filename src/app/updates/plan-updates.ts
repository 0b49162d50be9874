import { groupArtifacts } from "../../artifacts/artifact.ts";
import type { LockEntry } from "../../collections/lock/lock-file.ts";
import { type UpstreamEntry, upstreamKey } from "../../collections/manifest/upstream-entry.ts";
import type { SourceTree } from "../../collections/sources/source-tree.ts";
import { type FetchedArtifact, lookAt, unexcepted } from "../../collections/trust/look-at.ts";
import { type TrustFinding, trustFinding } from "../../collections/trust/trust-finding.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { StetError } from "../../domain/errors.ts";
import type { FileEntry } from "../../domain/files.ts";
import { type CollectionPath, parsePath } from "../../domain/paths.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { type Arrival, receive, sentArtifact, versionLabel } from "./arrival.ts";
import type { Fetched, Upstreams } from "./fetch-upstreams.ts";
import { changedPaths, mergeVersions } from "./three-way.ts";
import type { Tracked } from "./tracked.ts";
import type { RowOptions, UpdateRow, UpdateState } from "./update-row.ts";
import { baseEntries } from "./upstream-base.ts";

type Entries = ReadonlyMap<CollectionPath, FileEntry>;

/** What an update of each entry would do, in the order given. Nothing is written but content stored ahead. */
export async function planUpdates(
  bench: Workbench,
  tracked: Tracked,
  entries: readonly UpstreamEntry[],
  upstreams: Upstreams,
  options: RowOptions & { readonly storesAhead: boolean },
): Promise<readonly UpdateRow[]> {
  const here = await entriesHere(bench);
  const rows: UpdateRow[] = [];
  for (const [index, entry] of entries.entries()) {
    const what = `looking at ${upstreamKey(entry)}`;
    bench.environment.progress({ what, done: index, total: entries.length });
    rows.push(await planUpdate({ bench, tracked, upstreams, options, here }, entry));
  }
  return rows;
}

interface Plan {
  readonly bench: Workbench;
  readonly tracked: Tracked;
  readonly upstreams: Upstreams;
  readonly options: RowOptions & { readonly storesAhead: boolean };
  readonly here: ReadonlyMap<string, Entries>;
}

/** The files of every artifact as they stand, by inner path. */
export async function entriesHere(bench: Workbench): Promise<ReadonlyMap<string, Entries>> {
  const artifacts = groupArtifacts((await bench.present()).entries);
  return new Map(
    artifacts.map(({ reference, files }) => [
      formatArtifact(reference),
      new Map(files.flatMap(({ inner, entry }) => innerEntry(inner, entry))),
    ]),
  );
}

function innerEntry(inner: string, entry: FileEntry): readonly (readonly [CollectionPath, FileEntry])[] {
  const path = parsePath(inner);
  return path === undefined ? [] : [[path, entry]];
}

async function planUpdate(plan: Plan, entry: UpstreamEntry): Promise<UpdateRow> {
  const key = upstreamKey(entry);
  const { bench, tracked, upstreams, options } = plan;
  const have = tracked.lock.get(key) ?? null;
  const strategy = options.strategy ?? options.policy.strategy ?? "merge";
  const row = (state: UpdateState, reason: string, extra: Partial<UpdateRow> = {}): UpdateRow => ({
    ...{ key, entry, have, state, reason, strategy },
    ...{ arrival: null, findings: [], theirs: 0, yours: 0, merged: null },
    ...extra,
  });
  if (have === null) return row("missing", "it was never installed: stet install");
  const mine = plan.here.get(key) ?? new Map();
  if (mine.size === 0) return row("removed", "it was removed here; stet install brings it back");
  if (entry.ignore !== null && !options.isNamed) return row("ignored", entry.ignore);
  const fetched = await upstreams.ofEntry(entry);
  if (fetched.error !== null) return row("unreachable", fetched.error.why);
  const { resolved } = fetched;
  const moved = movedTag(have, resolved.tags);
  if (resolved.commit !== null && resolved.commit === have.commit)
    return row(entry.pin === null ? "current" : "pinned", entry.pin === null ? "" : `held at ${entry.pin}`);
  const tree = await openTree(fetched);
  if (typeof tree === "string") return row("unreachable", tree);
  // The commit of a repository says nothing of one path in it (BUGS U3).
  const isSameTree = have.tree !== null && tree.hashOf(entry.path) === have.tree && entry.path === have.path;
  if (isSameTree && moved === null) return row("current", "");
  const sent = await sentArtifact(tree, { artifact: entry.artifact, path: entry.path }, entry.files);
  if (sent.files.length === 0) return row("gone", `${entry.source} has no ${entry.path} any more`);
  const kept = await baseEntries(bench, have.base);
  const refetched = kept === null ? await refetchedBase(plan, entry, have) : null;
  const base = kept ?? refetched?.entries ?? null;
  if (base === null)
    return row(
      "unreachable",
      "the version it was installed from is neither in the store nor upstream any more",
    );
  const before = versionBefore(bench, have, base, refetched);
  const findings = unexcepted(
    [...(moved === null ? [] : [moved]), ...(await lookAt(sent, before))],
    options.allowed,
  );
  const isRefused = findings.some((one) => one.severity === "refused");
  const arrival = isRefused
    ? null
    : await receive(sent, findings.length === 0 && options.storesAhead ? bench.store : null);
  if (arrival?.snapshot.id === have.base && moved === null) return row("current", "");
  const theirs = arrival === null ? 0 : changedPaths(base, arrival.entries).length;
  const found = { theirs, yours: changedPaths(base, mine).length, arrival, findings };
  if (arrival === null || findings.length > 0)
    return row("security", [...new Set(findings.map((one) => one.message))].join("; "), found);
  const young = youngReason(arrival, options);
  if (young !== null) return row("waiting", young, found);
  const merged = await mergeVersions(
    bench,
    entry.artifact,
    { base, here: mine, arrival, baseBlobs: refetched?.blobs ?? [] },
    strategy,
  );
  return row(mergedState(merged.conflicts.length, found.yours), reasonOf(have, arrival, strategy), {
    ...found,
    merged,
  });
}

function mergedState(conflicts: number, yours: number): UpdateState {
  if (conflicts > 0) return "asks";
  return yours > 0 ? "merges" : "ready";
}

function reasonOf(have: LockEntry, arrival: Arrival, strategy: UpdateRow["strategy"]): string {
  const to = versionLabel({ ...arrival, base: arrival.snapshot.id });
  const how = strategy === "merge" ? "" : `, ${strategy}`;
  return `${versionLabel(have)} -> ${to}${how}`;
}

/** What a source cannot give in the end is told as what it could not give at first; all else is a defect. */
export async function openTree(fetched: Fetched): Promise<SourceTree | string> {
  if (fetched.error !== null) return fetched.error.why;
  try {
    return await fetched.tree();
  } catch (error) {
    if (error instanceof StetError && ["E-UPSTREAM", "E-LIMIT", "E-PATH"].includes(error.code))
      return error.why;
    throw error;
  }
}

/** A tag that points elsewhere than when it was taken is no update, but somebody who rewrote what was published. */
function movedTag(have: LockEntry, tags: ReadonlyMap<string, string>): TrustFinding | null {
  const { tag, commit } = have;
  const now = tag === null ? undefined : tags.get(tag);
  if (tag === null || commit === null || now === undefined || now === commit) return null;
  return trustFinding("moved-tag", "", {
    message: `the tag ${tag} pointed to ${commit.slice(0, 12)} and now points to ${now.slice(0, 12)}`,
    evidence: [tag, commit, now],
  });
}

function youngReason({ released }: Arrival, { policy, isNamed, now }: RowOptions): string | null {
  const days = policy.coolDownDays ?? 0;
  if (isNamed || days === 0 || released === null) return null;
  const age = now / 86_400_000_000 - Date.parse(released) / 86_400_000;
  if (age >= days) return null;
  return `it is ${Math.max(0, Math.floor(age))} days old, and versions wait for ${days}`;
}

/** The version that is installed, as it was sent: edits made here are no third party's doing. */
function versionBefore(
  bench: Workbench,
  { licence, publisher }: LockEntry,
  base: Entries,
  refetched: Arrival | null,
): FetchedArtifact {
  const blobs = new Map(refetched?.blobs.map(({ id, bytes }) => [id, bytes]));
  const files = [...base].map(([path, { blob, mode, size }]) => ({
    ...{ path, mode, size },
    read: async () => blobs.get(blob) ?? (await bench.readBlob(blob)) ?? new Uint8Array(),
  }));
  return { files, licence, publisher };
}

/** A store that never had the base, as after a clone, gets it from upstream again: by its hashes, or not at all. */
async function refetchedBase(plan: Plan, entry: UpstreamEntry, have: LockEntry): Promise<Arrival | null> {
  if (have.commit === null) return null;
  const fetched = await plan.upstreams.version(have.source, { ref: have.commit, range: null });
  const tree = await openTree(fetched);
  if (typeof tree === "string") return null;
  const found = { artifact: entry.artifact, path: have.path };
  const arrival = await receive(await sentArtifact(tree, found, entry.files), null);
  return arrival.snapshot.id === have.base ? arrival : null;
}
