/** The kinds that the page shows, as they stand in addresses. */
export const artifactKindSegments = ["skills", "agents", "commands", "rules"] as const;
export type ArtifactKindSegment = (typeof artifactKindSegments)[number];

export interface ArtifactAddress {
  readonly kind: ArtifactKindSegment;
  readonly name: string;
}

/** The artifact's page. */
export function editorPath({ kind, name }: ArtifactAddress): string {
  return `/a/${kind}/${encodeURIComponent(name)}`;
}

/** The artifact in the API. */
export function artifactPath({ kind, name }: ArtifactAddress): string {
  return `/api/context/${kind}/${encodeURIComponent(name)}`;
}
