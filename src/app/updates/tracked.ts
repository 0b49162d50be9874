import {
  type CollectionFile,
  collectionFilePath,
  parseCollectionFile,
} from "../../collections/collection-file.ts";
import { type Lock, parseLock } from "../../collections/lock/lock-file.ts";
import { lockFilePath } from "../../collections/lock/lock-path.ts";
import type { UpstreamEntry } from "../../collections/manifest/upstream-entry.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { StetError } from "../../domain/errors.ts";
import { pathOf } from "../../domain/paths.ts";
import { decodeText } from "../../formats/text-shape.ts";
import { readArtifactArgument } from "../history/artifact-argument.ts";
import type { Workbench } from "../workbench/workbench.ts";

/** Manifest and lock of a collection as they stand, as text and as what they say. */
export interface Tracked {
  readonly manifestText: string;
  readonly file: CollectionFile;
  /** Null where there is no lock yet. */
  readonly lockText: string | null;
  readonly lock: Lock;
  readonly entries: ReadonlyMap<string, UpstreamEntry>;
}

/** Reads both. Throws E-COLLECTION-FILE where one is damaged or newer: nothing is then written over it (BUGS S12). */
export async function readTracked(bench: Workbench): Promise<Tracked> {
  const manifestText = (await textOf(bench, collectionFilePath)) ?? bench.located.fileText;
  const file = parseCollectionFile(manifestText);
  if ("why" in file) throw unreadable(collectionFilePath, file.why);
  const lockText = await textOf(bench, lockFilePath);
  const lock = parseLock(lockText);
  if ("why" in lock) throw unreadable(lockFilePath, lock.why);
  const entries = new Map(file.upstreams.map((entry) => [formatArtifact(entry.artifact), entry]));
  return { manifestText, file, lockText, lock, entries };
}

async function textOf(bench: Workbench, path: string): Promise<string | null> {
  const present = await bench.presentAround([pathOf(path)]);
  const entry = present.entries.get(pathOf(path));
  if (entry === undefined) return null;
  const bytes = await bench.readBlob(entry.blob);
  const text = bytes === undefined ? null : decodeText(bytes);
  if (text === null) throw unreadable(path, "it is not UTF-8 text");
  return text;
}

/** The entries that names stand for, all where none is given. Throws E-NOT-FOUND for one that came from nowhere. */
export function entriesNamed(
  tracked: Tracked,
  names: readonly string[] | undefined,
): readonly UpstreamEntry[] {
  if (names === undefined || names.length === 0) return [...tracked.entries.values()];
  return names.map((name) => {
    const entry = tracked.entries.get(formatArtifact(readArtifactArgument(name)));
    if (entry !== undefined) return entry;
    throw new StetError({
      code: "E-NOT-FOUND",
      what: "That artifact has no upstream.",
      where: name,
      why: "The manifest names no source for it: it was written here, or its source was removed.",
      kept: "Nothing was changed.",
      fixes: [
        { cmd: "stet outdated", summary: "see the artifacts that have one" },
        { cmd: `stet add <source> --as ${name}`, summary: "say where it comes from" },
      ],
    });
  });
}

export function unreadable(where: string, why: string): StetError {
  return new StetError({
    code: "E-COLLECTION-FILE",
    what: "The collection's own file cannot be read.",
    where,
    why,
    kept: "It is left exactly as it is, and nothing else was changed.",
    fixes: [
      { cmd: "stet log -n 5", summary: "see which operation last had it whole" },
      { cmd: "stet restore --at <operation>", summary: "bring that state back" },
    ],
  });
}
