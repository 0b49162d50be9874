import { pathOfInner } from "../artifacts/artifact-path.ts";
import type { LockEntry } from "../collections/lock/lock-file.ts";
import { type UpstreamEntry, upstreamKey } from "../collections/manifest/upstream-entry.ts";
import { lookAt, unexcepted } from "../collections/trust/look-at.ts";
import { StetError } from "../domain/errors.ts";
import type { FileEntry } from "../domain/files.ts";
import type { CollectionPath } from "../domain/paths.ts";
import { buildSnapshot } from "../snapshot/build-snapshot.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer, type ChangeOutcome, nothingChanged, type Skipped } from "./outcomes.ts";
import type { FileEdit } from "./record/change.ts";
import { type Arrival, findingsOfNew, receive, sentArtifact } from "./updates/arrival.ts";
import { type Upstreams, withUpstreams } from "./updates/fetch-upstreams.ts";
import { entriesHere, openTree } from "./updates/plan-updates.ts";
import { editsOfArrival, recordUpstreams, type UpstreamChange } from "./updates/record-upstreams.ts";
import { securityError } from "./updates/security-error.ts";
import { readTracked, type Tracked } from "./updates/tracked.ts";
import { baseEntries } from "./updates/upstream-base.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface InstallInput extends CallOptions {
  /** Exactly what the lock says, or an error: nothing is resolved anew, and nothing may have been edited. */
  readonly frozen?: boolean;
}

type Entries = ReadonlyMap<CollectionPath, FileEntry>;

/**
 * Brings what manifest and lock name to where it belongs: from the store where that has it, else from its source,
 * held against the hashes of the lock. What is here and was edited stays as it is. Throws E-STALE where `frozen` and
 * the lock is not what the manifest asks for or what is here, and E-SECURITY.
 */
export async function install(
  environment: Environment,
  input: InstallInput = {},
): Promise<Answer<ChangeOutcome>> {
  const base = await reading(environment, input, async (bench) => bench.located.base);
  return await withUpstreams(environment, base, (upstreams) => installFrom(environment, input, upstreams));
}

async function installFrom(
  environment: Environment,
  input: InstallInput,
  upstreams: Upstreams,
): Promise<Answer<ChangeOutcome>> {
  await reading(environment, input, async (bench) => {
    const tracked = await readTracked(bench);
    if (input.frozen === true) await requireFrozen(bench, tracked);
    await planInstall(bench, tracked, upstreams, false);
  });
  return await writing(environment, input, async (bench) => {
    const tracked = await readTracked(bench);
    if (input.frozen === true) await requireFrozen(bench, tracked);
    const { changes, left } = await planInstall(bench, tracked, upstreams, true);
    const outcome =
      changes.length === 0
        ? nothingChanged
        : await recordUpstreams(bench, tracked, changes, {
            kind: "install",
            options: input,
            details: {
              installed: changes
                .slice(0, 20)
                .map((one) => one.key)
                .join(", "),
            },
          });
    return answer(
      { ...outcome, skipped: [...left, ...outcome.skipped] },
      {
        notices: bench.notices,
        needsDecision: left.length > 0,
        next: outcome.operation === null ? [] : ["stet undo"],
      },
    );
  });
}

async function planInstall(bench: Workbench, tracked: Tracked, upstreams: Upstreams, storesAhead: boolean) {
  const here = await entriesHere(bench);
  const changes: UpstreamChange[] = [];
  const left: Skipped[] = [];
  for (const entry of tracked.entries.values()) {
    const key = upstreamKey(entry);
    const have = tracked.lock.get(key) ?? null;
    const mine = here.get(key) ?? new Map();
    const kept = have === null ? null : await baseEntries(bench, have.base);
    if (kept !== null && mine.size > 0) continue;
    if (kept !== null) {
      changes.push(changeOf(entry, null, placed(entry, kept)));
      continue;
    }
    const arrival = await fetchLocked(bench, tracked, entry, have, upstreams, storesAhead);
    if (typeof arrival === "string") left.push({ what: key, reason: arrival });
    else if (have === null && mine.size > 0 && buildSnapshot(mine).id !== arrival.snapshot.id)
      left.push({ what: key, reason: "another artifact of that name is here already" });
    else {
      const edits =
        mine.size > 0 ? [] : editsOfArrival(arrival, (inner) => pathOfInner(entry.artifact, inner));
      changes.push(changeOf(entry, arrival, edits));
    }
  }
  return { changes, left };
}

function changeOf(entry: UpstreamEntry, arrival: Arrival | null, edits: readonly FileEdit[]): UpstreamChange {
  return { key: upstreamKey(entry), entry, arrival, edits, conflicts: [], decisions: [] };
}

function placed(entry: UpstreamEntry, entries: Entries): readonly FileEdit[] {
  return editsOfArrival({ entries, blobs: [] }, (inner) => pathOfInner(entry.artifact, inner));
}

/** The version that the lock names, or without one the version that the manifest asks for; a string says why not. */
async function fetchLocked(
  bench: Workbench,
  tracked: Tracked,
  entry: UpstreamEntry,
  have: LockEntry | null,
  upstreams: Upstreams,
  storesAhead: boolean,
): Promise<Arrival | string> {
  const fetched =
    have === null
      ? await upstreams.ofEntry(entry)
      : await upstreams.version(have.source, { ref: have.commit ?? have.version, range: null });
  const tree = await openTree(fetched);
  if (typeof tree === "string") return tree;
  const found = { artifact: entry.artifact, path: have?.path ?? entry.path };
  const sent = await sentArtifact(tree, found, entry.files);
  if (sent.files.length === 0) return "its source no longer has it";
  // What the lock names was looked at when it was taken in; its hash says that it is the same.
  const findings = have === null ? await findingsOfNew(sent) : await lookAt(sent, null);
  const allowed = tracked.file.allow.map((one) => one.fingerprint);
  const barred = unexcepted(findings, allowed);
  if (barred.length > 0 && (have === null || barred.some((one) => one.severity === "refused")))
    throw securityError(upstreamKey(entry), barred);
  const arrival = await receive(sent, storesAhead ? bench.store : null);
  return have === null || arrival.snapshot.id === have.base
    ? arrival
    : "its source no longer has what the lock says";
}

/** Throws E-STALE with every difference between manifest, lock and what is here. */
async function requireFrozen(bench: Workbench, { entries, lock }: Tracked): Promise<void> {
  const here = await entriesHere(bench);
  const differences: string[] = [];
  for (const [key, entry] of entries) {
    const have = lock.get(key);
    const mine = here.get(key);
    const asked = entry.pin ?? entry.range ?? entry.ref;
    if (have === undefined) differences.push(`${key} is not in the lock`);
    else if (have.source !== entry.source || have.path !== entry.path || have.asked !== asked)
      differences.push(`${key} is locked as something else than the manifest asks for`);
    else if (mine !== undefined && buildSnapshot(mine).id !== have.base)
      differences.push(`${key} was edited here`);
  }
  for (const key of lock.keys())
    if (!entries.has(key)) differences.push(`${key} is locked and not in the manifest`);
  if (differences.length === 0) return;
  throw new StetError({
    code: "E-STALE",
    what: "The lock is not what is asked for or what is here.",
    where: differences.slice(0, 5).join("; "),
    why: "--frozen takes exactly the lock, and nothing else.",
    kept: "Nothing was changed.",
    fixes: [
      { cmd: "stet install", summary: "bring the lock up to date with the manifest" },
      { cmd: "stet diff --mine", summary: "see what was edited here" },
    ],
  });
}
