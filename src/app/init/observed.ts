import type { CarriedUpstream } from "../../collections/others/carried.ts";
import type { KeeperLook } from "../../collections/others/keeper-look.ts";
import { type KeptByOther, keptByOther } from "../../collections/others/kept-by-others.ts";
import type { ClaimedCopy } from "../../collections/others/other-keepers.ts";
import { type ArtifactReference, formatArtifact } from "../../domain/artifact-kinds.ts";
import { isSymlink } from "../../domain/files.ts";
import { decodeText } from "../../formats/text-shape.ts";
import type { ImportMatch } from "../../runtimes/import/import-match.ts";
import { runtimes } from "../../runtimes/table/table.ts";
import type { Disk } from "../../workspace/disk.ts";
import type { Place } from "../../workspace/place.ts";
import { diskPath } from "../../workspace/place-paths.ts";
import type { Scan } from "../../workspace/scan.ts";

/** An artifact that another tool keeps: stet neither takes it over nor writes it, unless it is adopted. */
export interface Observed {
  readonly artifact: ArtifactReference;
  readonly kept: KeptByOther;
  /** Where it was found. */
  readonly paths: readonly string[];
}

/** What was found, sorted by who keeps it. */
export interface SortedFinds {
  readonly matches: readonly ImportMatch[];
  readonly observed: readonly Observed[];
  /** Where third-party artifacts came from, by the records of whoever installed them. */
  readonly origins: ReadonlyMap<string, CarriedUpstream>;
}

/**
 * Sets apart what other tools keep.
 *
 * @param adopt tools by their ids, artifacts (`skill/pdf`), or `all`: these are taken over.
 */
export function sortFinds(
  look: KeeperLook,
  scan: Scan,
  matches: readonly ImportMatch[],
  adopt: readonly string[],
): SortedFinds {
  const observed: Observed[] = [];
  const origins = new Map<string, CarriedUpstream>();
  const own: ImportMatch[] = [];
  for (const match of matches) {
    const copies = copiesOf(match);
    const kept = keptByOther(look, copies);
    const key = formatArtifact(match.artifact);
    if (kept?.origin != null) origins.set(key, kept.origin);
    const isAdopted = kept !== null && ["all", key, kept.keeper.id].some((one) => adopt.includes(one));
    if (kept === null || isAdopted) own.push(match);
    else observed.push({ artifact: match.artifact, kept, paths: copies.flatMap(({ paths }) => paths) });
  }
  const known = new Set(matches.map(({ artifact }) => formatArtifact(artifact)));
  for (const { artifact, path } of linkedSkills(scan)) {
    const kept = keptByOther(look, [{ ...artifact, paths: [path] }]);
    if (kept !== null && !known.has(formatArtifact(artifact)))
      observed.push({ artifact, kept, paths: [path] });
  }
  return { matches: own, observed, origins };
}

function copiesOf({ artifact, canonical, further }: ImportMatch): readonly ClaimedCopy[] {
  return [...(canonical === null ? [] : [canonical]), ...further].map(({ paths }) => ({
    ...artifact,
    paths,
  }));
}

/** Skills that are links to a folder elsewhere: what they hold is that folder's, and is not looked into. */
function linkedSkills(
  scan: Scan,
): readonly { readonly artifact: ArtifactReference; readonly path: string }[] {
  const folders = new Set(
    runtimes.flatMap(({ places }) =>
      places.flatMap(({ kind, layout, path }) => (kind === "skill" && layout === "folders" ? [path] : [])),
    ),
  );
  return [...scan.files].flatMap(([path, { entry }]) => {
    const cut = path.lastIndexOf("/");
    if (!isSymlink(entry.mode) || !folders.has(path.slice(0, cut))) return [];
    return [{ artifact: { kind: "skill", name: path.slice(cut + 1) } as const, path }];
  });
}

/** A look at the project, or the home folder, as other tools' signs ask for it; whatever cannot be read is not there. */
export function keeperLook(disk: Disk, place: Place): KeeperLook {
  const at = (path: string) => diskPath(place, path);
  const kind = (path: string) => orNull(() => disk.lstat(at(path)))?.kind ?? null;
  return {
    exists: (path) => kind(path) !== null,
    text: (path) => (kind(path) === "file" ? orNull(() => decodeText(disk.read(at(path)).bytes)) : null),
    names: (folder) =>
      kind(folder) === "folder" ? (orNull(() => disk.list(at(folder))) ?? []).map(({ shown }) => shown) : [],
    link: (path) => (kind(path) === "symlink" ? orNull(() => disk.readLink(at(path))) : null),
  };
}

function orNull<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}
