import type { KindSegment } from "../../../src/http/schemas/artifact.ts";

/** The kinds that the page shows, as they stand in addresses. */
export const artifactKindSegments = [
  "skills",
  "agents",
  "commands",
  "rules",
] as const satisfies readonly KindSegment[];
export type ArtifactKindSegment = KindSegment;

/** Which collection is meant; without both, the project that is served. */
export interface CollectionAddress {
  readonly collection?: string;
  readonly scope?: string;
}

export interface ArtifactAddress extends CollectionAddress {
  readonly kind: ArtifactKindSegment;
  readonly name: string;
}

/** The artifact's page. */
export function editorPath({ kind, name, collection, scope }: ArtifactAddress): string {
  const given = Object.entries({ collection, scope }).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value]],
  );
  const query = given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
  return `/a/${kind}/${encodeURIComponent(name)}${query}`;
}

/** The artifact in the API. */
export function artifactPath({ kind, name }: ArtifactAddress): string {
  return `/api/context/${kind}/${encodeURIComponent(name)}`;
}

/** What says in a query which collection is meant. */
export function collectionQuery({
  collection,
  scope,
}: CollectionAddress): Record<string, string | undefined> {
  return { collection, scope };
}
