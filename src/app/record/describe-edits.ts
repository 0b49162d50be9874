import { type Artifact, groupArtifacts } from "../../artifacts/artifact.ts";
import { artifactOfPath } from "../../artifacts/artifact-path.ts";
import { type ArtifactFiles, describeChange } from "../../artifacts/describe-change.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import type { ArtifactDelta, VersionBump } from "../../domain/commits.ts";
import type { FileEntry } from "../../domain/files.ts";
import type { BlobId } from "../../domain/ids.ts";
import type { CollectionPath } from "../../domain/paths.ts";
import { greatestBump } from "../history/shown.ts";
import type { Present } from "../workbench/present.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { FileEdit } from "./change.ts";

export interface DescribedEdits {
  readonly deltas: readonly ArtifactDelta[];
  readonly bump: VersionBump | null;
  readonly breaking: readonly string[];
}

/** What edits change in each artifact: fields, sections, files, and how much that counts. */
export async function describeEdits(
  bench: Workbench,
  present: Present,
  edits: readonly FileEdit[],
): Promise<DescribedEdits> {
  const touched = new Set(edits.flatMap(({ path }) => keyOf(path) ?? []));
  const before = new Map([...present.entries].filter(([path]) => touched.has(keyOf(path) ?? "")));
  const after = withEdits(before, edits);
  const given = new Map(edits.flatMap(({ after, bytes }) => (after && bytes ? [[after.blob, bytes]] : [])));
  const olds = byKey(groupArtifacts(before));
  const news = byKey(groupArtifacts(after));
  const described = [];
  // One after the other: the texts of all of them at a time would be as much as the collection.
  for (const key of [...touched].sort()) {
    const old = olds.get(key);
    const now = news.get(key);
    // What is new or gone is told as a whole: its text need not be read.
    const readText = old !== undefined && now !== undefined;
    described.push(
      describeChange(await filesOf(bench, old, readText, given), await filesOf(bench, now, readText, given)),
    );
  }
  return {
    deltas: described.map((one) => one.delta),
    bump: greatestBump(described.map((one) => one.bump)),
    breaking: described.flatMap((one) => one.breaking),
  };
}

function keyOf(path: CollectionPath): string | null {
  const part = artifactOfPath(path);
  return part === null ? null : formatArtifact(part.artifact);
}

function withEdits(before: ReadonlyMap<CollectionPath, FileEntry>, edits: readonly FileEdit[]) {
  const after = new Map(before);
  for (const { path, after: entry } of edits) {
    if (entry === null) after.delete(path);
    else if (keyOf(path) !== null) after.set(path, entry);
  }
  return after;
}

function byKey(artifacts: readonly Artifact[]): ReadonlyMap<string, Artifact> {
  return new Map(artifacts.map((one) => [formatArtifact(one.reference), one]));
}

async function filesOf(
  bench: Workbench,
  artifact: Artifact | undefined,
  readText: boolean,
  given: ReadonlyMap<BlobId, Uint8Array>,
): Promise<ArtifactFiles | null> {
  if (artifact === undefined) return null;
  const blob = artifact.main?.entry.blob;
  if (!readText || blob === undefined) return { artifact, main: null };
  return { artifact, main: given.get(blob) ?? (await bench.readBlob(blob)) ?? null };
}
