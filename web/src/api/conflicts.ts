import type {
  ConflictItem,
  ConflictList,
  ConflictRead,
  ResolveConflict,
} from "../../../src/http/schemas/conflict.ts";
import type { ChangeOutcomeValue } from "../../../src/http/schemas/operation.ts";
import { request } from "./request.ts";

export type { ConflictItem, ConflictRead };

/** What waits to be settled. */
export async function readConflicts(signal?: AbortSignal): Promise<readonly ConflictItem[]> {
  const page: ConflictList = await request("/api/conflicts", { signal });
  return page.items;
}

export function readConflict(id: string, signal?: AbortSignal): Promise<ConflictRead> {
  return request(`/api/conflicts/${encodeURIComponent(id)}`, { signal });
}

export function settleConflict(id: string, body: ResolveConflict): Promise<ChangeOutcomeValue> {
  const path = `/api/conflicts/${encodeURIComponent(id)}/resolve`;
  return request(path, { method: "POST", body, idempotencyKey: crypto.randomUUID() });
}
