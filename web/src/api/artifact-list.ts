import { type ArtifactKindSegment, artifactKindSegments } from "./artifact-address.ts";
import { request } from "./request.ts";

/** One row of the list: an artifact and how its copies stand. */
export interface ListedArtifact {
  readonly kind: ArtifactKindSegment;
  readonly name: string;
  readonly version: string;
  readonly targets: readonly ListedTarget[];
}

export interface ListedTarget {
  readonly target: string;
  readonly state: DriftState;
}

export const driftStates = [
  "in-sync",
  "behind",
  "ahead",
  "diverged",
  "missing",
  "extra",
  "blocked",
  "unsupported",
  "native",
] as const;
export type DriftState = (typeof driftStates)[number];

interface Page {
  readonly items: readonly Omit<ListedArtifact, "kind">[];
  readonly next: string | null;
}

const pageSize = 1_000;

/** All artifacts, kind after kind. `onPart` is given what is there so far, so that the first rows show at once. */
export async function loadArtifactList(
  signal: AbortSignal,
  onPart: (rows: readonly ListedArtifact[]) => void,
): Promise<readonly ListedArtifact[]> {
  let rows: readonly ListedArtifact[] = [];
  for (const kind of artifactKindSegments) {
    let cursor: string | undefined;
    do {
      const query = { limit: String(pageSize), cursor };
      const page: Page = await request(`/api/context/${kind}`, { query, signal });
      rows = [...rows, ...page.items.map((item) => ({ ...item, kind }))];
      onPart(rows);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
  }
  return rows;
}
