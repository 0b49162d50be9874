import type { DiffValue, FileDiffValue } from "../../../src/http/schemas/artifact.ts";
import type { IgnoreRequest } from "../../../src/http/schemas/ignore.ts";
import type { ChangeOutcomeValue } from "../../../src/http/schemas/operation.ts";
import type { ApplyOutcome, PlanRow, PlanValue } from "../../../src/http/schemas/plan.ts";
import type { SyncOutcome, SyncRequest } from "../../../src/http/schemas/sync.ts";
import { type ArtifactAddress, artifactPath, collectionQuery } from "./artifact-address.ts";
import { request } from "./request.ts";

export type { ApplyOutcome, PlanRow, PlanValue, SyncOutcome };

/** What differs between what stet would write to a target and what is there. */
export async function readTargetDifference(
  address: ArtifactAddress,
  target: string,
  signal?: AbortSignal,
): Promise<readonly FileDiffValue[]> {
  const query = { ...collectionQuery(address), target };
  const answer: DiffValue = await request(`${artifactPath(address)}/diff`, { query, signal });
  return answer.items;
}

/** Brings one copy and its artifact together: by writing the copy, by taking its edit in, or both. */
export function syncCopy(
  artifact: string,
  target: string,
  direction: NonNullable<SyncRequest["direction"]>,
): Promise<SyncOutcome> {
  const body: SyncRequest = { direction, targets: [target], artifacts: [artifact] };
  return write("/api/sync", body);
}

/** Lets a field of an artifact differ at a target; the reason is kept with the rule. */
export function ignoreField(
  wanted: Required<Pick<IgnoreRequest, "target" | "field" | "artifact" | "reason">>,
): Promise<ChangeOutcomeValue> {
  return write("/api/sync/ignore", wanted);
}

/** What a sync would do. Nothing is written but the plan itself. */
export function makePlan(signal?: AbortSignal): Promise<PlanValue> {
  return request("/api/sync/plan", { method: "POST", body: {}, signal });
}

/** Does these rows of a plan, and no others. */
export function applyPlan(plan: string, rows: readonly string[]): Promise<ApplyOutcome> {
  return write("/api/sync/apply", { plan, rows });
}

function write<Outcome>(path: string, body: unknown): Promise<Outcome> {
  return request(path, { method: "POST", body, idempotencyKey: crypto.randomUUID() });
}
