import type { ArtifactItem } from "../../../src/http/schemas/artifact.ts";

/** A row with the text that a filter looks through. */
export interface SearchableArtifact {
  readonly artifact: ArtifactItem;
  readonly haystack: string;
}

/** `wordsOf` gives what a row is called on the page beside its own names, so that one can filter by what one sees. */
export function searchable(
  artifacts: readonly ArtifactItem[],
  wordsOf: (artifact: ArtifactItem) => readonly string[],
): readonly SearchableArtifact[] {
  return artifacts.map((artifact) => ({
    artifact,
    haystack: [
      `${artifact.kind}/${artifact.name}`,
      artifact.description ?? "",
      ...artifact.targets.map(({ target, state }) => `${target}:${state}`),
      ...wordsOf(artifact),
    ]
      .join("\n")
      .toLowerCase(),
  }));
}

/** The rows in which every word of the filter stands somewhere. */
export function filterArtifacts(
  rows: readonly SearchableArtifact[],
  filter: string,
): readonly ArtifactItem[] {
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return rows
    .filter(({ haystack }) => wanted.every((word) => haystack.includes(word)))
    .map(({ artifact }) => artifact);
}
