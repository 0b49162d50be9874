import type { ArtifactRead } from "../../../src/http/schemas/artifact.ts";
import type { OperationList, OperationValue } from "../../../src/http/schemas/operation.ts";
import type { CreateArtifact, PutArtifact, SaveOutcome } from "../../../src/http/schemas/save.ts";
import { type ArtifactAddress, artifactPath, collectionQuery } from "./artifact-address.ts";
import { request, requestText } from "./request.ts";

export function readArtifact(address: ArtifactAddress, signal?: AbortSignal): Promise<ArtifactRead> {
  return request(artifactPath(address), { query: collectionQuery(address), signal });
}

/** The newest operations on the artifact, at most `limit`. */
export async function readHistory(
  address: ArtifactAddress,
  limit: number,
  signal?: AbortSignal,
): Promise<readonly OperationValue[]> {
  const query = { ...collectionQuery(address), limit: String(limit) };
  const page: OperationList = await request(`${artifactPath(address)}/history`, { query, signal });
  return page.items;
}

export function saveArtifact(
  address: ArtifactAddress,
  body: PutArtifact,
  idempotencyKey: string,
): Promise<SaveOutcome> {
  const query = collectionQuery(address);
  return request(artifactPath(address), { method: "PUT", query, body, idempotencyKey });
}

export function createArtifact(
  address: ArtifactAddress,
  body: CreateArtifact,
  idempotencyKey: string,
): Promise<SaveOutcome> {
  const query = collectionQuery(address);
  return request(`/api/context/${address.kind}`, { method: "POST", query, body, idempotencyKey });
}

/** One file of the artifact as text; bytes that are none stand as replacement characters. */
export async function readArtifactFile(
  address: ArtifactAddress,
  path: string,
  signal?: AbortSignal,
): Promise<string> {
  const segments = path.split("/").map(encodeURIComponent).join("/");
  return await requestText(`${artifactPath(address)}/files/${segments}`, {
    query: collectionQuery(address),
    signal,
  });
}

/** Takes one operation back. */
export function undoOperation(operation: string, address: ArtifactAddress): Promise<unknown> {
  const query = collectionQuery(address);
  return request(`/api/operations/${encodeURIComponent(operation)}/undo`, {
    method: "POST",
    query,
    body: {},
  });
}

/** Stores a refused save as a conflict, to be settled some other time. */
export function storeConflict(id: string, address: ArtifactAddress): Promise<unknown> {
  return request("/api/conflicts", { method: "POST", query: collectionQuery(address), body: { id } });
}
