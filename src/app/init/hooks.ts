/**
 * The hooks that make a runtime tell stet what its agents wrote.
 *
 * Invariants:
 * - a settings file is the user's: only stet's own rule in it changes, by the same editor as every other key.
 */
import { isSymlink } from "../../domain/files.ts";
import { captureRule } from "../../runtimes/callers/capture-rule.ts";
import { parseTargetId, targetId } from "../../runtimes/placement/target.ts";
import { environmentMounts } from "../../runtimes/placement/target-plan.ts";
import { keyPath } from "../../runtimes/settings/key-path.ts";
import { encodeKeyValue } from "../../runtimes/settings/key-value.ts";
import { readSettings } from "../../runtimes/settings/settings-file.ts";
import { type KeyEntry, keyEntry, ownValues } from "../../runtimes/settings/settings-look.ts";
import type { Runtime, TargetScope } from "../../runtimes/table/runtime.ts";
import { runtimes } from "../../runtimes/table/table.ts";
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

/** The rule by which a runtime tells stet, among the hooks in its settings. */
const captureHook = { kind: "hooks", name: "capture" } as const;

export type HookDirection = "install" | "remove";

/** What becomes of the hook of one runtime. */
interface HookPlan {
  readonly runtime: Runtime;
  /** The settings file, below the place. */
  readonly file: string;
  /** The hook in it. */
  readonly path: string;
  readonly place: Place;
  readonly isNewFile: boolean;
  readonly before: KeyEntry | null;
  readonly after: KeyEntry | null;
  /** Why the file is left alone; null where it is not. */
  readonly refusal: string | null;
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
    const hooks = runtime.hooks;
    const file = hooks?.path[request.scope];
    const settings = runtime.places.find(
      (place) => place.kind === "hooks" && place.scope === request.scope && place.path === file,
    );
    if (hooks === null || file === undefined || settings === undefined) return [];
    const place = hookPlace(environment, request, runtime, file);
    const path = keyPath(file, captureHook);
    const found = readSteady(disk, diskPath(place, file));
    const read = found === null ? null : readSettings(settings, found.bytes);
    const isLink = found !== null && isSymlink(found.entry.mode);
    const refusal = isLink ? "it is a symbolic link" : read?.outcome === "problem" ? read.why : null;
    const before = read?.outcome === "read" ? (ownValues(settings, read, "all").get(path) ?? null) : null;
    const command = `stet capture --hook ${runtime.id}`;
    const after =
      direction === "install" ? keyEntry(encodeKeyValue(captureRule(runtime, hooks, command))) : null;
    return [{ runtime, file, path, place, isNewFile: found === null, before, after, refusal }];
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
  return plans.flatMap((plan): readonly PlanLine[] => {
    const { runtime, file, isNewFile, refusal } = plan;
    if (refusal !== null) return [{ sign: "?", text: `${file} is left alone: ${refusal}` }];
    if (!changes(plan)) return [];
    if (direction === "remove") return [{ sign: "~", text: `${file} loses the hook of stet` }];
    const note = runtime.hooks?.note ?? null;
    const text = `${file} gets a hook by which ${runtime.title} tells stet what its agents wrote`;
    return [{ sign: isNewFile ? "+" : "~", text: note === null ? text : `${text}; ${note}` }];
  });
}

function changes({ before, after, refusal }: HookPlan): boolean {
  return refusal === null && before?.entry.blob !== after?.entry.blob;
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
  const skipped = plans.flatMap(({ file, refusal }): readonly Skipped[] =>
    refusal === null ? [] : [{ what: file, reason: refusal }],
  );
  const targets = plans.filter(changes).map(
    ({ place, path, before, after }): TargetEdit => ({
      place,
      path,
      artifact: null,
      before: before?.entry ?? null,
      after: after?.entry ?? null,
      bytes: after?.bytes ?? null,
    }),
  );
  const outcome = await record(bench, {
    kind: "settings",
    reason,
    edits: [],
    targets,
    details: { hooks: direction },
  });
  return { outcome: { ...outcome, skipped }, lines: hookLines(plans, direction) };
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
