import { collectionFilePath } from "../../collections/collection-file.ts";
import { type LockEntry, putLocked } from "../../collections/lock/lock-file.ts";
import { lockFilePath } from "../../collections/lock/lock-path.ts";
import { putUpstreams } from "../../collections/manifest/put-upstreams.ts";
import type { UpstreamEntry } from "../../collections/manifest/upstream-entry.ts";
import { type ArtifactReference, formatArtifact } from "../../domain/artifact-kinds.ts";
import { regularMode } from "../../domain/files.ts";
import { pathOf } from "../../domain/paths.ts";
import { encodeText } from "../../formats/text-shape.ts";
import { blobId } from "../../snapshot/hash.ts";
import type { FileEdit } from "../record/change.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { readTracked, type Tracked, unreadable } from "./tracked.ts";

/** Manifest and lock as they are to be; null takes an entry out. Nothing where neither file changes. */
export function trackingEdits(
  tracked: Tracked,
  entries: ReadonlyMap<string, UpstreamEntry | null>,
  locked: ReadonlyMap<string, LockEntry | null>,
): readonly FileEdit[] {
  const manifest = putUpstreams(tracked.manifestText, entries);
  if (!manifest.ok) throw unreadable(collectionFilePath, manifest.why);
  const lock = locked.size === 0 ? null : putLocked(tracked.lockText, locked);
  if (lock !== null && !lock.ok) throw unreadable(lockFilePath, lock.why);
  return [
    ...textEdit(collectionFilePath, tracked.manifestText, manifest.text),
    ...(lock === null ? [] : textEdit(lockFilePath, tracked.lockText, lock.text)),
  ];
}

/** What goes from manifest and lock with an artifact that is removed. */
export async function withoutUpstream(bench: Workbench, key: string): Promise<readonly FileEdit[]> {
  if (!isTracked(bench, key)) return [];
  return trackingEdits(await readTracked(bench), new Map([[key, null]]), new Map([[key, null]]));
}

/** What manifest and lock say of an artifact goes along where it gets another name. */
export async function renamedUpstream(
  bench: Workbench,
  from: ArtifactReference,
  to: ArtifactReference,
): Promise<readonly FileEdit[]> {
  const [before, after] = [formatArtifact(from), formatArtifact(to)];
  if (!isTracked(bench, before)) return [];
  const tracked = await readTracked(bench);
  const entry = tracked.entries.get(before);
  const have = tracked.lock.get(before);
  if (entry === undefined) return [];
  const entries = new Map([
    [before, null],
    [after, { ...entry, artifact: to }],
  ] as const);
  const locked: (readonly [string, LockEntry | null])[] =
    have === undefined
      ? []
      : [
          [before, null],
          [after, { ...have, artifact: to }],
        ];
  return trackingEdits(tracked, entries, new Map(locked));
}

/** A damaged lock stands in the way of what it is about, and of nothing else. */
function isTracked(bench: Workbench, key: string): boolean {
  return bench.located.file.upstreams.some((one) => formatArtifact(one.artifact) === key);
}

function textEdit(path: string, before: string | null, after: string): readonly FileEdit[] {
  if (before === after) return [];
  const bytes = encodeText(after);
  if (bytes === null) throw unreadable(path, "it could not be written as UTF-8");
  return [
    { path: pathOf(path), after: { blob: blobId(bytes), mode: regularMode, size: bytes.length }, bytes },
  ];
}
