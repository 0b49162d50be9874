import { limits } from "../domain/limits.ts";
import type { Disk } from "./disk.ts";
import type { Place } from "./place.ts";

/** `replaced`: another folder, or something that is no folder, stands where the base was. */
export type RootState = "present" | "missing" | "empty" | "replaced";

/** Why so many absent paths are more likely an accident (an unmounted disk, a wrong branch) than a wish. */
export interface Loss {
  readonly kind: "root-missing" | "root-empty" | "root-replaced" | "mass";
  readonly why: string;
  /** Artifacts (or, where they are not known, files) that are gone, and how many there were. */
  readonly lost: number;
  readonly of: number;
}

/** What has become of a place's base folder. */
export function rootState(
  disk: Disk,
  place: Place,
  expected: { readonly device: string; readonly inode: string } | undefined,
): RootState {
  const stat = disk.lstat(place.base);
  if (stat === null) return "missing";
  if (stat.kind !== "folder") return "replaced";
  if (
    expected !== undefined &&
    (`${stat.inode}` !== expected.inode || `${stat.device}` !== expected.device)
  ) {
    return "replaced";
  }
  return holdsAnything(disk, place.base) ? "present" : "empty";
}

/** A folder that holds nothing but what stet itself may just have made for its lock counts as empty. */
function holdsAnything(disk: Disk, base: string): boolean {
  try {
    const entries = disk.list(base);
    if (entries.some((entry) => entry.name !== "stet")) return true;
    if (entries.length === 0) return false;
    return disk.list(`${base}/stet`).some((entry) => entry.name !== ".work" && entry.name !== ".gitignore");
  } catch {
    // It could not be read, so nobody knows: never a reason to call it empty.
    return true;
  }
}

export function findLoss(found: {
  readonly root: RootState;
  readonly absent: readonly string[];
  readonly files: ReadonlyMap<string, unknown>;
  readonly artifactOf: (path: string) => string | null;
}): Loss | null {
  const groupOf = (path: string) => found.artifactOf(path) ?? path;
  const present = new Set([...found.files.keys()].map(groupOf));
  const lost = new Set(found.absent.map(groupOf).filter((group) => !present.has(group)));
  const counts = { lost: lost.size, of: lost.size + present.size };
  if (found.root === "replaced") {
    return { kind: "root-replaced", why: "another folder stands where the root was", ...counts };
  }
  if (found.absent.length === 0) return null;
  if (found.root === "missing") return { kind: "root-missing", why: "the root folder is gone", ...counts };
  if (found.root === "empty") return { kind: "root-empty", why: "the root folder is empty", ...counts };
  if (counts.of < limits.massLossArtifactsMin || counts.lost * 2 <= counts.of) return null;
  return { kind: "mass", why: `${counts.lost} of ${counts.of} artifacts vanished at once`, ...counts };
}
