import {
  type ArtifactAddress,
  type ArtifactKindSegment,
  artifactKindSegments,
} from "../api/artifact-address.ts";

/** Which screen an address shows. */
export type Route =
  | { readonly screen: "artifacts" }
  | { readonly screen: "editor"; readonly kind: ArtifactKindSegment; readonly name: string }
  | { readonly screen: "history"; readonly artifact?: ArtifactAddress }
  | { readonly screen: "targets" | "plan" | "conflicts" }
  | { readonly screen: "unknown" };

const plainPages = ["history", "targets", "plan", "conflicts"] as const;

/** Reads a path. A name is one percent-encoded segment: `/a/commands/git%2Fcommit`. */
export function routeOf(path: string): Route {
  const segments = path.split("/").filter((segment) => segment !== "");
  const [first, second, third] = segments;
  if (first === undefined) return { screen: "artifacts" };
  const page = plainPages.find((one) => one === first);
  if (page !== undefined && segments.length === 1) return { screen: page };
  if (segments.length === 3) {
    const kind = artifactKindSegments.find((one) => one === second);
    const name = decoded(third ?? "");
    if (kind !== undefined && name !== null) {
      if (first === "a") return { screen: "editor", kind, name };
      if (first === "history") return { screen: "history", artifact: { kind, name } };
    }
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
