import { join } from "node:path";
import type { TargetScope } from "../../runtimes/table/runtime.ts";
import type { Disk } from "../../workspace/disk.ts";
import type { Place } from "../../workspace/place.ts";
import { isWithin } from "../../workspace/place-paths.ts";

/** A runtime's folders that are links: where they lead, and those that may not be followed. */
export interface LinkedFolders {
  readonly mounts: Place["mounts"];
  /** Folders that lead out of the project, or nowhere: never read or written through. */
  readonly leaving: readonly string[];
}

/**
 * Looks which of the folders below a base (`.claude`) are links. The person's own folders may lead anywhere;
 * those of a project only to another place in it, since a cloned project may carry a link to anything.
 */
export function linkedFolders(
  disk: Disk,
  base: string,
  folders: ReadonlySet<string>,
  scope: TargetScope,
): LinkedFolders {
  const mounts: { readonly prefix: string; readonly base: string }[] = [];
  const leaving: string[] = [];
  for (const folder of folders) {
    const path = join(base, folder);
    if (disk.lstat(path)?.kind !== "symlink") continue;
    const real = disk.realPath(path);
    if (real !== null && (scope === "user" || isWithin(base, real))) {
      mounts.push({ prefix: `${folder}/`, base: real });
    } else {
      leaving.push(folder);
    }
  }
  return { mounts, leaving };
}

/** The first segment of each path. */
export function topFolders(paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.flatMap((path) => (path.includes("/") ? [path.slice(0, path.indexOf("/"))] : [])));
}
