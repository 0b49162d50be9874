import type { BlameValue } from "../../../src/http/schemas/blame.ts";
import { type ArtifactAddress, artifactPath, collectionQuery } from "./artifact-address.ts";
import { request } from "./request.ts";

export type { BlameValue };

/** Who wrote each line of the artifact's main file, now or as it was at an operation. */
export function readBlame(
  address: ArtifactAddress,
  at: string | undefined,
  signal?: AbortSignal,
): Promise<BlameValue> {
  const query = { ...collectionQuery(address), at };
  return request(`${artifactPath(address)}/blame`, { query, signal });
}
