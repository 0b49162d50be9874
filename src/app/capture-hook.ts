/**
 * What a runtime's hook tells, taken into history.
 *
 * Invariants:
 * - a hook never fails the runtime and never holds it up for long: whatever goes wrong becomes a notice;
 * - only files that the event names are laid at the agent's door (P7); other edits wait for a capture by nobody;
 * - nothing on disk is written but stet's own work folder.
 */
import { isAbsolute, resolve } from "node:path";
import { type Actor, claimedActor } from "../domain/actors.ts";
import { StetError } from "../domain/errors.ts";
import type { OperationId } from "../domain/ids.ts";
import { type HookEvent, readHookEvent } from "../runtimes/callers/hook-event.ts";
import { findRuntime } from "../runtimes/table/table.ts";
import type { Disk } from "../workspace/disk.ts";
import { nodeDisk } from "../workspace/node-disk.ts";
import type { Place } from "../workspace/place.ts";
import { isWithin } from "../workspace/place-paths.ts";
import { captureRoot } from "./capture/capture.ts";
import { captureTargets } from "./capture/capture-targets.ts";
import { type Environment, type Scope, scopes } from "./environment.ts";
import { type Answer, answer, type Notice, type ShownChange } from "./outcomes.ts";
import { locateCollection } from "./workbench/locate.ts";
import { lockCheckout, recoverCheckout } from "./workbench/recover-checkout.ts";
import { onWorkbench } from "./workbench/workbench.ts";

export interface CaptureHookInput {
  /** `claude`, `codex`. */
  readonly runtime: string;
  /** What the runtime wrote to the hook's standard input. */
  readonly json: string;
}

export interface CaptureHookData {
  /** The operations that were recorded, in order. */
  readonly operations: readonly OperationId[];
  readonly changed: readonly ShownChange[];
}

/** How long a lock is waited for: the runtime waits for the hook. */
const waitMillisecondsMax = 2_000;

/**
 * Captures the files that a runtime says its agent wrote, with that agent as their writer. Never throws: what
 * could not be captured is told as a notice, and the next look takes it in as an edit by nobody known.
 */
export async function captureHook(
  environment: Environment,
  input: CaptureHookInput,
): Promise<Answer<CaptureHookData>> {
  const operations: OperationId[] = [];
  const changed: ShownChange[] = [];
  const notices: Notice[] = [];
  const runtime = findRuntime(input.runtime);
  if (runtime === undefined) {
    notices.push({ code: "W-HOOK", text: `no runtime is called ${JSON.stringify(input.runtime)}` });
    return answer({ operations, changed }, { notices });
  }
  const event = readHookEvent(runtime, input.json);
  const there = environmentOf(environment, event);
  const disk = nodeDisk({ platform: environment.platform });
  const files = event.files.map((file) => realFile(disk, resolve(there.workingFolder, file)));
  for (const scope of scopes) {
    try {
      const found = await captureIn(there, scope, event, files);
      operations.push(...found.operations);
      changed.push(...found.changed);
      notices.push(...found.notices);
    } catch (error) {
      if (!isOrdinary(error)) notices.push({ code: "W-HOOK", text: whyNot(error) });
    }
  }
  return answer({ operations, changed }, { notices });
}

/** The session's folder is the one that files refer to, wherever the hook itself was started. */
function environmentOf(environment: Environment, { folder }: HookEvent): Environment {
  return folder === null || !isAbsolute(folder) ? environment : { ...environment, workingFolder: folder };
}

/** A session outside every collection is nothing to tell. */
function isOrdinary(error: unknown): boolean {
  return error instanceof StetError && error.code === "E-NO-COLLECTION";
}

function whyNot(error: unknown): string {
  if (error instanceof StetError) return `${error.what} ${error.why}`;
  return error instanceof Error ? error.message : String(error);
}

async function captureIn(
  environment: Environment,
  scope: Scope,
  event: HookEvent,
  files: readonly string[],
): Promise<CaptureHookData & { readonly notices: readonly Notice[] }> {
  const located = await locateCollection(environment, scope);
  const isNear = located !== null && files.some((file) => isWithin(located.base, file));
  if (!isNear) return { operations: [], changed: [], notices: [] };
  return await onWorkbench(environment, { scope, claims: {} }, async (bench) => {
    await using _lock = await lockCheckout(bench, waitMillisecondsMax);
    await recoverCheckout(bench);
    const actor = actorOf(event);
    const paths = new Set(files.flatMap((file) => pathIn(bench.root, file) ?? []));
    const reason = event.tool === null ? null : `hook of ${event.actor.runtime}: ${event.tool}`;
    const root = await captureRoot(bench, { actor, paths, reason, loss: "withhold" });
    const targets = await captureTargets(bench, { actor, files: new Set(files), reason });
    const outcomes = [root, targets];
    return {
      operations: outcomes.flatMap(({ operation }) => operation ?? []),
      changed: outcomes.flatMap((one) => one.changed),
      notices: bench.notices,
    };
  });
}

function actorOf({ actor }: HookEvent): Actor {
  const name = actor.agentId ?? actor.runtime ?? "agent";
  return { ...claimedActor(name, "agent"), ...actor };
}

/** The file by the real path of its folder, as places have it; a file that was removed has its folder still. */
function realFile(disk: Disk, file: string): string {
  const at = file.lastIndexOf("/");
  try {
    const folder = disk.realPath(file.slice(0, at) || "/");
    return folder === null ? file : `${folder}${file.slice(at)}`;
  } catch {
    // Whatever the runtime told is no reason to fail it: such a file is found in no collection.
    return file;
  }
}

/** A file's path in the root; null where it lies elsewhere. Folder instructions lie under their mount. */
function pathIn(place: Place, file: string): string | null {
  if (isWithin(place.base, file)) return file.slice(place.base.length + 1);
  for (const { prefix, base } of place.mounts)
    if (isWithin(base, file)) return prefix + file.slice(base.length + 1);
  return null;
}
