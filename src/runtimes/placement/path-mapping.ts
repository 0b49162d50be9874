import { placeOfArtifact } from "../../artifacts/artifact-path.ts";
import type { ArtifactKind } from "../../domain/artifact-kinds.ts";
import { keyAt } from "../settings/key-path.ts";
import type { RuntimePlace } from "../table/runtime.ts";
import { kindFolders } from "./canonical-places.ts";
import type { TargetPlan } from "./target.ts";
import { extensionOf } from "./target-plan.ts";

const canonicalExtension = ".md";

/** The target path of a file of the root; null where the target has no copy of it. */
export function targetPathOf(plan: TargetPlan, canonicalPath: string): string | null {
  const place = writtenPlaces(plan).find(
    ({ kind, layout }) => layout !== "keys" && canonicalPath.startsWith(`${kindFolders[kind]}/`),
  );
  if (place === undefined) return null;
  const rest = canonicalPath.slice(kindFolders[place.kind].length + 1);
  const mapped =
    place.layout === "folders" ? rest : withExtension(rest, canonicalExtension, extensionOf(place));
  if (mapped === null) return null;
  const path = `${place.path}/${mapped}`;
  return isReserved(plan, path) ? null : path;
}

/** The canonical path of a target's file; null where stet has nothing to do with that file. */
export function canonicalPathOf(plan: TargetPlan, targetPath: string): string | null {
  const place = writtenPlaces(plan).find((one) => liesIn(one, targetPath));
  if (place === undefined || isReserved(plan, targetPath)) return null;
  return canonicalPathIn(place, targetPath);
}

/** The canonical path of a file below one place, whatever the place's role; null where it is not one. */
export function canonicalPathIn(place: RuntimePlace, path: string): string | null {
  const key = keyAt(place, path);
  if (key !== null) return placeOfArtifact(key.artifact)?.main ?? null;
  if (!path.startsWith(`${place.path}/`)) return null;
  const rest = path.slice(place.path.length + 1);
  const mapped =
    place.layout === "folders" ? rest : withExtension(rest, extensionOf(place), canonicalExtension);
  return mapped === null ? null : `${kindFolders[place.kind]}/${mapped}`;
}

/** The reserved place that a path lies in; undefined where it lies in none. */
export function reservedPlace(plan: TargetPlan, path: string): RuntimePlace | undefined {
  const { runtime, scope } = plan.target;
  return runtime.places.find(
    (place) =>
      place.role === "reserved" &&
      place.scope === scope &&
      (path === place.path || path.startsWith(`${place.path}/`)),
  );
}

/** Whether a path is one of a place: below its folder, or a key of its file. */
export function liesIn(place: RuntimePlace, path: string): boolean {
  return place.layout === "keys" ? keyAt(place, path) !== null : path.startsWith(`${place.path}/`);
}

function isReserved(plan: TargetPlan, path: string): boolean {
  return reservedPlace(plan, path) !== undefined;
}

function writtenPlaces(plan: TargetPlan): readonly RuntimePlace[] {
  const kinds: readonly ArtifactKind[] = ["skill", "agent", "command", "rule", "mcp", "hooks"];
  return kinds.flatMap((kind) => {
    const one = kind === "report" ? undefined : plan.kinds[kind];
    return one?.how === "write" ? [one.place, ...one.beside] : [];
  });
}

function withExtension(path: string, from: string, to: string): string | null {
  if (!path.endsWith(from) || path.length === from.length || path.endsWith(`/${from}`)) return null;
  return path.slice(0, -from.length) + to;
}
