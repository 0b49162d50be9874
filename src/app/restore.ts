import { collectionFilePath, parseCollectionFile } from "../collections/collection-file.ts";
import { formatArtifact } from "../domain/artifact-kinds.ts";
import { type FileEntry, sameEntry } from "../domain/files.ts";
import type { CollectionPath } from "../domain/paths.ts";
import { decodeText } from "../formats/text-shape.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { readAddress } from "./history/artifact-argument.ts";
import { artifactKey } from "./history/artifact-key.ts";
import { commitOf } from "./history/point.ts";
import { entriesOfVersion } from "./history/version-history.ts";
import { type Answer, answer, type ChangeOutcome } from "./outcomes.ts";
import type { FileEdit } from "./record/change.ts";
import { record } from "./record/record.ts";
import { presentAt } from "./workbench/present.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface RestoreInput extends CallOptions {
  /** `skill/pdf` or `skill/pdf:path`; absent for the whole collection. */
  readonly what?: string;
  /** An operation, commit, pin or time; for one artifact also one of its versions. Absent: before this command's own look. */
  readonly at?: string;
}

/**
 * Brings files back to what they were at an operation or time. Later work stays in history: this is an
 * operation like any other, and can be undone.
 */
export async function restore(environment: Environment, input: RestoreInput): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, { ...input, loss: "record" }, async (bench) => {
    const edits = await restoreEdits(bench, input);
    const outcome = await record(bench, {
      kind: "restore",
      reason: input.claims?.reason ?? null,
      edits,
      details: { to: input.at ?? "last" },
    });
    return answer(outcome, {
      notices: bench.notices,
      next: outcome.operation === null ? [] : ["stet undo", "stet status"],
    });
  });
}

async function restoreEdits(bench: Workbench, input: RestoreInput): Promise<readonly FileEdit[]> {
  const present = (await bench.present()).entries;
  const wanted = await entriesWanted(bench, input);
  const isMeant = meant(input.what);
  const edits: FileEdit[] = [];
  for (const path of new Set([...present.keys(), ...wanted.keys()])) {
    if (!isMeant(path)) continue;
    const after = wanted.get(path) ?? null;
    if (sameEntry(present.get(path) ?? null, after)) continue;
    if (path === collectionFilePath && !(await isOwnFile(bench, after))) continue;
    edits.push({ path, after, bytes: null });
  }
  return edits;
}

async function entriesWanted(
  bench: Workbench,
  { what, at }: RestoreInput,
): Promise<ReadonlyMap<CollectionPath, FileEntry>> {
  if (at === undefined) return (await presentAt(bench.store, bench.openedAt)).entries;
  if (what !== undefined && /^(sha256:)?[0-9a-f]{8,64}$/.test(at)) {
    const version = await entriesOfVersion(bench, readAddress(what).artifact, at);
    if (version !== null) return version;
  }
  return (await presentAt(bench.store, await commitOf(bench, at))).entries;
}

/** The collection's own file carries its id: one of another id would make another collection of this one. */
async function isOwnFile(bench: Workbench, entry: FileEntry | null): Promise<boolean> {
  const bytes = entry === null ? undefined : await bench.readBlob(entry.blob);
  const text = bytes === undefined ? null : decodeText(bytes);
  const file = text === null ? null : parseCollectionFile(text);
  return file !== null && "id" in file && file.id === bench.collection;
}

function meant(what: string | undefined): (path: CollectionPath) => boolean {
  if (what === undefined) return () => true;
  const { artifact, inner } = readAddress(what);
  const key = formatArtifact(artifact);
  return (path) => artifactKey(path) === key && (inner === null || path.endsWith(`/${inner}`));
}
