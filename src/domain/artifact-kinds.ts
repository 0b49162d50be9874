/** The kinds of artifacts and the folder of a root that each lives in. */
export const artifactKinds = ["skill", "agent", "command", "rule", "mcp", "hooks", "report"] as const;
export type ArtifactKind = (typeof artifactKinds)[number];

/** One artifact by kind and name: `skill/pdf`, `command/git/commit`. */
export interface ArtifactReference {
  readonly kind: ArtifactKind;
  readonly name: string;
}

export function formatArtifact(artifact: ArtifactReference): string {
  return `${artifact.kind}/${artifact.name}`;
}

/** Reads `skill/pdf`; undefined where the kind is unknown or the name is empty. */
export function parseArtifact(text: string): ArtifactReference | undefined {
  const slash = text.indexOf("/");
  const kind = artifactKinds.find((one) => one === text.slice(0, slash));
  const name = text.slice(slash + 1);
  return kind === undefined || name === "" ? undefined : { kind, name };
}
