/**
 * The hooks that make a runtime tell stet what its agents wrote.
 *
 * Invariants:
 * - a settings file is the user's: only stet's own entry in it changes, and its bytes are kept first (P1);
 * - a file is removed only where stet made it and nothing but its own entry was left.
 */
import { type FileEntry, regularMode } from "../../domain/files.ts";
import { decodeText, encodeText } from "../../formats/text-shape.ts";
import { type HookEdit, installHook, removeHook } from "../../runtimes/callers/hook-settings.ts";
import { parseTargetId, targetId } from "../../runtimes/placement/target.ts";
import { environmentMounts } from "../../runtimes/placement/target-plan.ts";
import type { Runtime, TargetScope } from "../../runtimes/table/runtime.ts";
import { runtimes } from "../../runtimes/table/table.ts";
import { blobId } from "../../snapshot/hash.ts";
import type { Disk } from "../../workspace/disk.ts";
import type { Place } from "../../workspace/place.ts";
import { diskPath } from "../../workspace/place-paths.ts";
import { readSteady } from "../../workspace/read-steady.ts";
import type { CallOptions, Environment } from "../environment.ts";
import {
  type Answer,
  answer,
  type ChangeOutcome,
  nothingChanged,
  type PlanLine,
  type Skipped,
} from "../outcomes.ts";
import type { TargetEdit } from "../record/change.ts";
import { record } from "../record/record.ts";
import type { Located } from "../workbench/locate.ts";
import { workFolder } from "../workbench/root-place.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { writing } from "../workbench/writing.ts";

export type HookDirection = "install" | "remove";

/** What becomes of the hooks of one runtime. */
interface HookPlan {
  readonly runtime: Runtime;
  readonly path: string;
  readonly place: Place;
  readonly before: { readonly entry: FileEntry; readonly bytes: Uint8Array } | null;
  readonly edit: HookEdit;
}

/** Where a collection's hooks go: its base, and the runtimes that it is carried to. */
export interface HookRequest {
  readonly base: string;
  readonly root: string;
  readonly checkout: Place["checkout"];
  readonly scope: TargetScope;
  readonly runtimes: readonly Runtime[];
}

/** Reads the settings files and says what would change in each. Nothing is written. */
export function planHooks(
  environment: Environment,
  disk: Disk,
  request: HookRequest,
  direction: HookDirection,
): readonly HookPlan[] {
  return request.runtimes.flatMap((runtime) => {
    const path = runtime.hooks?.path[request.scope];
    if (path === undefined) return [];
    const place = hookPlace(environment, request, runtime, path);
    const found = readSteady(disk, diskPath(place, path));
    const before = found === null ? null : { entry: found.entry, bytes: found.bytes };
    const text = before === null ? null : decodeText(before.bytes);
    const edit: HookEdit =
      before !== null && text === null
        ? { outcome: "refused", why: "it is not UTF-8 text" }
        : direction === "install"
          ? installHook(runtime, text, `stet capture --hook ${runtime.id}`)
          : removeHook(runtime, text);
    return [{ runtime, path, place, before, edit }];
  });
}

function hookPlace(
  environment: Environment,
  { base, root, checkout, scope }: HookRequest,
  runtime: Runtime,
  path: string,
): Place {
  const target = { runtime, scope };
  return {
    checkout,
    name: targetId(target),
    base,
    mounts: environmentMounts(target, environment),
    scanned: [{ kind: "file", path }],
    work: workFolder(root),
  };
}

/** The lines of a plan for hooks. */
export function hookLines(plans: readonly HookPlan[], direction: HookDirection): readonly PlanLine[] {
  return plans.flatMap(({ runtime, path, before, edit }): readonly PlanLine[] => {
    if (edit.outcome === "unchanged") return [];
    if (edit.outcome === "refused") return [{ sign: "?", text: `${path} is left alone: ${edit.why}` }];
    if (direction === "remove") return [{ sign: "~", text: `${path} loses the hook of stet` }];
    const note = runtime.hooks?.note ?? null;
    const text = `${path} gets a hook by which ${runtime.title} tells stet what its agents wrote`;
    return [{ sign: before === null ? "+" : "~", text: note === null ? text : `${text}; ${note}` }];
  });
}

/** The runtimes that a collection is carried to at its own scope; null for private drafts, which go nowhere. */
export function hookRequest(located: Located, checkout: Place["checkout"]): HookRequest | null {
  const { scope, base, root, file } = located;
  if (scope === "local") return null;
  const carried = file.targets.flatMap((id) => {
    const target = parseTargetId(id);
    return target?.scope === scope ? [target.runtime] : [];
  });
  return { base, root, checkout, scope, runtimes: [...new Set(carried)] };
}

/** Installs or removes hooks, as one operation that undo takes back. The checkout must be locked. */
export async function changeHooks(
  bench: Workbench,
  direction: HookDirection,
  reason: string | null,
): Promise<{ readonly outcome: ChangeOutcome; readonly lines: readonly PlanLine[] }> {
  const request = hookRequest(bench.located, bench.checkout.id);
  if (request === null) return { outcome: nothingChanged, lines: [] };
  // Removal looks at every runtime: the collection may have been carried to more of them before.
  const wanted = direction === "remove" ? { ...request, runtimes } : request;
  const plans = planHooks(bench.environment, bench.disk, wanted, direction);
  const targets: TargetEdit[] = [];
  const skipped: Skipped[] = [];
  for (const plan of plans) {
    if (plan.edit.outcome === "refused") skipped.push({ what: plan.path, reason: plan.edit.why });
    if (plan.edit.outcome === "edited") targets.push(await targetEdit(bench, plan, plan.edit));
  }
  const outcome = await record(bench, {
    kind: "settings",
    reason,
    edits: [],
    targets,
    details: { hooks: direction },
  });
  return { outcome: { ...outcome, skipped }, lines: hookLines(plans, direction) };
}

async function targetEdit(
  bench: Workbench,
  { path, place, before }: HookPlan,
  edit: Extract<HookEdit, { outcome: "edited" }>,
): Promise<TargetEdit> {
  const shared = { place, path, artifact: null, before: before?.entry ?? null };
  if (edit.emptied && (await wasMadeHere(bench, place, path))) return { ...shared, after: null, bytes: null };
  const bytes = encodeText(edit.text) ?? new Uint8Array();
  const mode = before?.entry.mode ?? regularMode;
  return { ...shared, after: { blob: blobId(bytes), mode, size: bytes.length }, bytes };
}

/** Whether the file was not there when stet put its hook in it first. */
async function wasMadeHere(bench: Workbench, place: Place, path: string): Promise<boolean> {
  const operations = await bench.store.history.operations({
    collection: bench.collection,
    path,
    kinds: ["settings"],
    limit: 100,
  });
  const first = operations.flatMap((one) =>
    one.changes.filter((change) => change.target === place.name && change.path === path),
  );
  return first.at(-1)?.before === null;
}

/** Installs the hooks of the collection's runtimes; `init --hooks` shows the plan before. */
export async function installHooks(
  environment: Environment,
  input: CallOptions = {},
): Promise<Answer<ChangeOutcome & { readonly plan: readonly PlanLine[] }>> {
  return await writing(environment, input, async (bench) => {
    const { outcome, lines } = await changeHooks(bench, "install", input.claims?.reason ?? null);
    return answer(
      { ...outcome, plan: lines },
      { notices: bench.notices, needsDecision: outcome.skipped.length > 0 },
    );
  });
}
