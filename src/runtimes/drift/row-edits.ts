import { placeOfArtifact } from "../../artifacts/artifact-path.ts";
import { type FileEntry, regularMode } from "../../domain/files.ts";
import type { BlobId } from "../../domain/ids.ts";
import type { WrittenEntry } from "../../store/checkout-store.ts";
import type { ArtifactAdapter } from "../adapters/adapter.ts";
import { passThroughAdapter } from "../adapters/pass-through.ts";
import type { OverrideFile } from "../placement/override-path.ts";
import { canonicalPathOf } from "../placement/path-mapping.ts";
import type { TargetPlan } from "../placement/target.ts";
import { type DriftFile, fileMove } from "./drift.ts";
import { modeClass, type ReadBlob, sameFile } from "./file-versions.ts";
import type { CanonicalEdit, TargetRemoval, TargetRow, TargetWrite } from "./sync-row.ts";
import type { TargetGroup } from "./target-groups.ts";
import { contents, entryOf, linkProblem } from "./wanted-files.ts";
import { formatWrittenSource, parseWrittenSource } from "./written-source.ts";

/** Everything known of one artifact at one target. */
export interface RowFacts {
  readonly plan: TargetPlan;
  readonly key: string;
  /** Null where the artifact is not in the store. */
  readonly version: string | null;
  readonly canonical: ReadonlyMap<string, FileEntry>;
  readonly wanted: ReadonlyMap<string, FileEntry>;
  readonly made: ReadonlyMap<BlobId, Uint8Array>;
  readonly fresh: ReadonlyMap<string, Uint8Array>;
  readonly group: TargetGroup;
  readonly files: readonly DriftFile[];
  readonly adapter: ArtifactAdapter;
  /** See `WrittenSource`. */
  readonly besides: string | null;
  /** The whole file that takes the place of the artifact's main one. */
  readonly override: OverrideFile | null;
  readonly readBlob: ReadBlob;
}

/** What `push` would write: every file whose meaning is not there, whichever side moved. */
export function targetWrites({ files, wanted, group, made }: RowFacts): readonly TargetWrite[] {
  return files.flatMap((file) => {
    const entry = wanted.get(file.path);
    if (entry === undefined || isSettled(file)) return [];
    const before = group.present.get(file.path) ?? null;
    return [{ path: file.path, before, after: { entry, bytes: made.get(entry.blob) ?? null } }];
  });
}

function isSettled(file: DriftFile): boolean {
  const move = fileMove(file);
  return move === "none" || move === "formatting";
}

/** What `push` would remove: what is on record, is as it was recorded to the byte, and is not wanted (BUGS F6). */
export function targetRemovals({ wanted, group }: RowFacts): readonly TargetRemoval[] {
  return [...group.present].flatMap(([path, before]) => {
    const record = group.written.get(path);
    if (record === undefined || wanted.has(path) || !sameFile(record.written, before)) return [];
    return [{ path, before, adopted: parseWrittenSource(record.source).adopted }];
  });
}

export interface Taken {
  readonly take: readonly CanonicalEdit[];
  readonly takeProblem: string | null;
}

/** What `pull` would change: the files in which the target moved, brought into the canonical form. */
export async function canonicalEdits(facts: RowFacts): Promise<Taken> {
  const moved = facts.files.filter((file) => {
    const move = fileMove(file);
    return move === "target" || move === "both";
  });
  if (moved.length === 0) return { take: [], takeProblem: null };
  if (facts.adapter === passThroughAdapter) return passedBack(facts, moved);
  const removed = moved.filter((file) => file.present === null);
  if (removed.length > 0) return { take: removedEdits(facts, removed), takeProblem: null };
  return parsedBack(facts);
}

async function passedBack(facts: RowFacts, moved: readonly DriftFile[]): Promise<Taken> {
  const takeProblem = await linkProblem(facts.group.present, facts.readBlob);
  if (takeProblem !== null) return { take: [], takeProblem };
  const changed = moved.filter((file) => file.present !== null);
  const main = facts.override === null ? null : (placeOfArtifact(facts.group.reference)?.main ?? null);
  const take = changed.flatMap((file): readonly CanonicalEdit[] => {
    const canonical = canonicalPathOf(facts.plan, file.path);
    const there = facts.group.present.get(file.path);
    if (canonical === null || there === undefined) return [];
    const isOverride = facts.override !== null && canonical === main;
    const path = isOverride ? facts.override.path : canonical;
    const before = isOverride ? facts.override.entry : (facts.canonical.get(path) ?? null);
    return [{ path, before, after: { entry: withModeOf(there, before), bytes: null } }];
  });
  return { take: [...take, ...removedEdits(facts, moved)], takeProblem: null };
}

/** Keeps the canonical file's permissions where the kind of mode is the same. */
function withModeOf(entry: FileEntry, before: FileEntry | null): FileEntry {
  if (before === null || modeClass(before.mode) !== modeClass(entry.mode)) return entry;
  return { ...entry, mode: before.mode };
}

/** Removals by the target's user: only of files that are on record as having been there. */
function removedEdits(facts: RowFacts, moved: readonly DriftFile[]): readonly CanonicalEdit[] {
  return moved.flatMap((file) => {
    const path = canonicalPathOf(facts.plan, file.path);
    const before = path === null ? undefined : facts.canonical.get(path);
    if (path === null || before === undefined || file.present !== null || file.lastWritten === null)
      return [];
    return [{ path, before, after: null }];
  });
}

async function parsedBack({ plan, group, canonical, adapter, readBlob }: RowFacts): Promise<Taken> {
  const files = await contents(group.present, readBlob);
  const previous = await contents(canonical, readBlob);
  if (typeof files === "string") return { take: [], takeProblem: files };
  if (typeof previous === "string") return { take: [], takeProblem: previous };
  const canonicalPath = (path: string) => canonicalPathOf(plan, path) ?? path;
  const parsing = adapter.parse({ artifact: group.reference, files, previous, canonicalPath });
  if (parsing.outcome === "problem") return { take: [], takeProblem: parsing.why };
  const kept = new Map<BlobId, Uint8Array>();
  const take = [...parsing.files].flatMap(([path, file]): readonly CanonicalEdit[] => {
    const before = canonical.get(path) ?? null;
    const mode = before?.mode ?? (adapter.keepsMode ? file.mode : regularMode);
    const entry = entryOf({ ...file, mode }, kept);
    if (before?.blob === entry.blob) return [];
    return [{ path, before, after: { entry, bytes: file.bytes } }];
  });
  return { take, takeProblem: null };
}

export type RowRecords = Pick<TargetRow, "record" | "recordAfterPush" | "forget" | "base">;

/** The records of a row: what agrees and is not on record as such, and what is gone on both sides. */
export function rowRecords(facts: RowFacts, inSync: boolean): RowRecords {
  const { wanted, group, version, key, besides } = facts;
  const versions = new Set(
    [...group.written.values()].map(({ source }) => parseWrittenSource(source).version),
  );
  const [only] = versions;
  const gone = [...group.written.keys()].filter((path) => !group.present.has(path) && !wanted.has(path));
  return {
    base: versions.size === 1 && only !== undefined ? only : null,
    forget: gone,
    record: inSync && version !== null ? agreements(facts, version) : [],
    recordAfterPush:
      version === null
        ? []
        : facts.files.flatMap((file): readonly WrittenEntry[] => {
            const entry = wanted.get(file.path);
            if (entry === undefined) return [];
            const settled = isSettled(file) ? agreement(facts, file.path, version) : null;
            const source = formatWrittenSource({ version, besides, adopted: false });
            return [settled ?? { path: file.path, artifact: key, written: entry, source }];
          }),
  };
}

function agreements(facts: RowFacts, version: string): readonly WrittenEntry[] {
  return [...facts.group.present.keys()].flatMap((path) => {
    const entry = agreement(facts, path, version);
    const known = facts.group.written.get(path);
    if (entry === null) return [];
    return known?.source === entry.source && sameFile(known.written, entry.written) ? [] : [entry];
  });
}

/** The record of a file that is there and agrees: stet's own only while it is as stet wrote it. */
function agreement({ group, key, besides }: RowFacts, path: string, version: string): WrittenEntry | null {
  const written = group.present.get(path);
  if (written === undefined) return null;
  const known = group.written.get(path);
  const untouched = known !== undefined && sameFile(known.written, written);
  const adopted = !untouched || parseWrittenSource(known.source).adopted;
  const source = formatWrittenSource({ version, besides, adopted });
  return { path, artifact: key, written, source };
}
