import { type ArtifactKindSegment, artifactKindSegments } from "../api/artifact-address.ts";

/** Which screen an address shows. */
export type Route =
  | { readonly screen: "artifacts" }
  | { readonly screen: "editor"; readonly kind: ArtifactKindSegment; readonly name: string }
  | { readonly screen: "unknown" };

/** Reads a path. A name is one percent-encoded segment: `/a/commands/git%2Fcommit`. */
export function routeOf(path: string): Route {
  const segments = path.split("/").filter((segment) => segment !== "");
  const [first, second, third] = segments;
  if (first === undefined) return { screen: "artifacts" };
  if (first === "a" && segments.length === 3) {
    const kind = artifactKindSegments.find((one) => one === second);
    const name = decoded(third ?? "");
    if (kind !== undefined && name !== null) return { screen: "editor", kind, name };
  }
  return { screen: "unknown" };
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
