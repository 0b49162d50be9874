import type { ArtifactRead, DiffValue, FileDiffValue } from "../../../src/http/schemas/artifact.ts";
import type {
  ChangeOutcomeValue,
  OperationList,
  OperationRead,
  OperationValue,
} from "../../../src/http/schemas/operation.ts";
import { type ArtifactAddress, artifactPath, collectionQuery } from "./artifact-address.ts";
import { request } from "./request.ts";

export type { ChangeOutcomeValue, FileDiffValue, OperationRead, OperationValue };

/** Which operations are wanted; those given are joined by "and". Times are ISO 8601. */
export interface OperationFilter {
  readonly artifact?: string;
  readonly actor?: string;
  readonly agent?: string;
  readonly model?: string;
  readonly kind?: string;
  readonly path?: string;
  readonly text?: string;
  readonly since?: string;
}

export function readOperations(
  filter: OperationFilter,
  page: { readonly limit: number; readonly cursor?: string | undefined },
  signal?: AbortSignal,
): Promise<OperationList> {
  const query = { ...filter, limit: String(page.limit), cursor: page.cursor };
  return request("/api/operations", { query, signal });
}

export function readOperation(id: string, signal?: AbortSignal): Promise<OperationRead> {
  return request(`/api/operations/${encodeURIComponent(id)}`, { signal });
}

/** Takes one operation back by merging; nothing that came later is lost. */
export function revertOperation(id: string): Promise<ChangeOutcomeValue> {
  return write(`/api/operations/${encodeURIComponent(id)}/revert`, {});
}

/** Takes back the newest operation of whoever looks at the page. */
export function undoLast(): Promise<ChangeOutcomeValue> {
  return write("/api/undo", {});
}

export function redoLast(): Promise<ChangeOutcomeValue> {
  return write("/api/redo", {});
}

/** Brings an artifact back to what it was at an operation; the present version stays in history. */
export function restoreArtifact(address: ArtifactAddress, at: string): Promise<ChangeOutcomeValue> {
  return write(`${artifactPath(address)}/restore`, { at }, collectionQuery(address));
}

/** An artifact as it was at an operation. */
export function readArtifactAt(
  address: ArtifactAddress,
  at: string,
  signal?: AbortSignal,
): Promise<ArtifactRead> {
  return request(artifactPath(address), { query: { ...collectionQuery(address), at }, signal });
}

/** What an artifact has become since an operation. */
export async function readChangesSince(
  address: ArtifactAddress,
  at: string,
  signal?: AbortSignal,
): Promise<readonly FileDiffValue[]> {
  const query = { ...collectionQuery(address), from: at };
  const answer: DiffValue = await request(`${artifactPath(address)}/diff`, { query, signal });
  return answer.items;
}

function write(
  path: string,
  body: unknown,
  query: Readonly<Record<string, string | undefined>> = {},
): Promise<ChangeOutcomeValue> {
  return request(path, { method: "POST", body, query, idempotencyKey: crypto.randomUUID() });
}
