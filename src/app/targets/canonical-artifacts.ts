import { type Artifact, groupArtifacts } from "../../artifacts/artifact.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import type { FileEntry } from "../../domain/files.ts";
import type { CollectionPath } from "../../domain/paths.ts";
import type { CanonicalArtifact } from "../../runtimes/drift/sync-row.ts";
import { overridesOf } from "../../runtimes/placement/override-path.ts";
import { unmergedFiles } from "../capture/git-look.ts";
import { artifactVersion } from "../history/artifact-version.ts";
import type { Workbench } from "../workbench/workbench.ts";

/** Artifacts by hash, with what keeps each from being carried to a runtime. */
export async function canonicalArtifacts(
  bench: Workbench,
  entries: ReadonlyMap<CollectionPath, FileEntry>,
): Promise<readonly CanonicalArtifact[]> {
  const conflicts = new Set((await bench.openConflicts()).map((one) => one.artifact));
  const unmerged = unmergedFiles(bench);
  const observed = new Map(bench.located.file.observed.map(({ artifact, by }) => [artifact, by]));
  return artifactsOf(entries, ({ reference, files }) => {
    const key = formatArtifact(reference);
    const keeper = observed.get(key);
    if (keeper !== undefined) return `${keeper} keeps it: only observed, until stet import --adopt ${key}`;
    if (conflicts.has(key)) return "it has an open conflict";
    const file = files.find(({ path }) => unmerged.has(path));
    if (file !== undefined) return `git has not merged ${file.path} yet; settle it there first`;
    return bench.unsettled.has(key) ? "a file of it kept changing while it was read" : null;
  });
}

/** Artifacts by hash, with their overrides. */
export function artifactsOf(
  entries: ReadonlyMap<CollectionPath, FileEntry>,
  blockedBy: (artifact: Artifact) => string | null = () => null,
): readonly CanonicalArtifact[] {
  const overrides = overridesOf(entries);
  return groupArtifacts(entries).map((artifact) => {
    const own = overrides.get(formatArtifact(artifact.reference));
    return {
      ...artifact.reference,
      version: artifactVersion(artifact),
      files: new Map(artifact.files.map((file) => [file.path as string, file.entry])),
      blocked: blockedBy(artifact),
      ...(own === undefined ? {} : { overrides: own }),
    };
  });
}
