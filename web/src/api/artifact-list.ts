import type { ArtifactItem, ArtifactList, TargetStateValue } from "../../../src/http/schemas/artifact.ts";
import { artifactKindSegments } from "./artifact-address.ts";
import { request } from "./request.ts";

export type DriftState = TargetStateValue["state"];

const pageSize = 500;

/** All artifacts, kind after kind, now or as they were at an operation. `onPart` is given what is there so far, so that the first rows show at once. */
export async function loadArtifactList(
  signal: AbortSignal,
  onPart: (rows: readonly ArtifactItem[]) => void,
  at?: string,
): Promise<readonly ArtifactItem[]> {
  const rows: ArtifactItem[] = [];
  for (const kind of artifactKindSegments) {
    let cursor: string | undefined;
    do {
      const query = { limit: String(pageSize), cursor, at };
      const page: ArtifactList = await request(`/api/context/${kind}`, { query, signal });
      rows.push(...page.items);
      onPart([...rows]);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
  }
  return rows;
}
