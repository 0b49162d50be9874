import type { Artifact, ArtifactFile } from "../../artifacts/artifact.ts";
import { StetError } from "../../domain/errors.ts";
import type { FileEntry } from "../../domain/files.ts";
import type { BlobId } from "../../domain/ids.ts";
import { diskPath } from "../../workspace/place-paths.ts";
import { readSteady } from "../../workspace/read-steady.ts";
import { artifactVersion } from "../history/artifact-version.ts";
import type { Workbench } from "../workbench/workbench.ts";

/** An artifact's main file, as history has it. */
export interface MainFile {
  readonly artifact: Artifact;
  readonly file: ArtifactFile;
  readonly version: string;
}

export function mainFileOf(artifact: Artifact): MainFile | null {
  const file = artifact.main;
  return file === null ? null : { artifact, file, version: artifactVersion(artifact) };
}

/** The version that the artifact has once its main file is this one. */
export function versionWith({ artifact, file }: MainFile, entry: FileEntry): string {
  const files = artifact.files.map((one) => (one.path === file.path ? { ...one, entry } : one));
  return artifactVersion({ files });
}

/**
 * The time of a file that holds this content, in nanoseconds as decimal digits; null where it holds something else by
 * now. Of what was read and not only looked at: two writes within the clock's grain have one time.
 */
export function mtimeOf(bench: Workbench, path: string, blob: BlobId): string | null {
  const content = readSteady(bench.disk, diskPath(bench.root, path));
  return content !== null && !content.unsettled && content.entry.blob === blob
    ? String(content.stamp.mtimeNs)
    : null;
}

/** The time of the file that history says is present. Throws E-STALE where another was written since the capture. */
export function presentMtime(bench: Workbench, { file }: MainFile): string {
  const mtime = mtimeOf(bench, file.path, file.entry.blob);
  if (mtime !== null) return mtime;
  throw writtenMeanwhile(file.path);
}

/** Tells `writing` to capture and look again. */
export function writtenMeanwhile(path: string): StetError {
  return new StetError({
    code: "E-STALE",
    what: "The file was written while it was looked at.",
    where: path,
    why: "Another program changed it in the meantime.",
    kept: "Nothing was replaced.",
    fixes: [{ cmd: "stet status", summary: "see where things stand, then try again" }],
  });
}
