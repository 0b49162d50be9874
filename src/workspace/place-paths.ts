import { dirname, join } from "node:path";
import { invariant } from "../domain/errors.ts";
import { parsePath } from "../domain/paths.ts";
import type { Place } from "./place.ts";

/** Where a place's path lies on disk: absolute. A path that would leave the place is a defect of the caller. */
export function diskPath(place: Place, path: string): string {
  invariant(parsePath(path) !== undefined, `a path of the place ${place.name}: ${JSON.stringify(path)}`);
  for (const mount of place.mounts) {
    if (path.startsWith(mount.prefix)) return join(mount.base, path.slice(mount.prefix.length));
  }
  return join(place.base, path);
}

/** The folder that a path may never leave: the place's base, or that of the mount it lies in. */
export function baseOf(place: Place, path: string): string {
  const mount = place.mounts.find((one) => path.startsWith(one.prefix));
  if (mount === undefined) return place.base;
  // A single file that lies elsewhere: the folder that it lies in there.
  return mount.prefix.endsWith("/") ? mount.base : dirname(mount.base);
}

/** The folders between `base` and the file, outermost first, `base` included. */
export function foldersBetween(base: string, file: string): readonly string[] {
  const folders: string[] = [];
  let folder = dirname(file);
  while (folder !== base && folder.length > base.length) {
    folders.unshift(folder);
    folder = dirname(folder);
  }
  folders.unshift(base);
  return folders;
}

/** Whether `path` is `folder` or lies below it; both absolute. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}
