/**
 * The entry that makes a runtime call `stet capture --hook <runtime>` after it wrote files, in a settings file
 * that is the user's.
 *
 * Invariants:
 * - only handlers whose `statusMessage` begins with the mark are stet's; no other byte is changed;
 * - a file that is not the shape it should be is refused, never rewritten (BUGS F4, F2);
 * - installing twice changes nothing; removing what was installed gives back the bytes from before, save
 *   where a container was there and empty: that goes with it.
 */
import {
  type EditResult,
  type FormatValue,
  isList,
  isRecord,
  type KeyEdit,
} from "../../formats/format-value.ts";
import { jsoncDocument, writeJson } from "../../formats/jsonc-document.ts";
import type { HookPlace, Runtime } from "../table/runtime.ts";

/** What the `statusMessage` of each of stet's handlers begins with. */
export const hookMark = "stet: ";

export type HookEdit =
  | { readonly outcome: "unchanged" }
  /** `emptied`: nothing but an empty object is left. Whoever knows that stet made the file may remove it. */
  | { readonly outcome: "edited"; readonly text: string; readonly emptied: boolean }
  | { readonly outcome: "refused"; readonly why: string };

const unchanged: HookEdit = { outcome: "unchanged" };

/** The settings with stet's hook, at the right place once. `text` is null where there is no file. */
export function installHook(runtime: Runtime, text: string | null, command: string): HookEdit {
  const place = runtime.hooks;
  if (place === null) return refused(`${runtime.title} has no hooks that stet knows`);
  const group = hookGroup(runtime, place, command);
  const path = ["hooks", place.event];
  if (text === null || text.trim() === "") {
    return edited(writeJson({ hooks: { [place.event]: [group] } }), "");
  }
  const groups = eventGroups(text, place.event);
  if (typeof groups === "string") return refused(groups);
  const ours = groups.filter((one) => isOurs(one));
  if (ours.length === 1 && JSON.stringify(ours[0]) === JSON.stringify(group)) return unchanged;
  const removed = removeHook(runtime, text);
  if (removed.outcome === "refused") return removed;
  const clean = removed.outcome === "edited" ? removed.text : text;
  const left = eventGroups(clean, place.event);
  if (typeof left === "string") return refused(left);
  return edited(jsoncDocument.edit(clean, [{ path: [...path, left.length], value: group }]), text);
}

function hookGroup(runtime: Runtime, place: HookPlace, command: string): FormatValue {
  return {
    matcher: place.matcher,
    hooks: [
      {
        type: "command",
        command,
        timeout: place.timeoutSeconds,
        statusMessage: `${hookMark}keeping this version (${runtime.title})`,
      },
    ],
  };
}

/** The settings without stet's hooks, of whatever event, and without the containers that they leave empty. */
export function removeHook(runtime: Runtime, text: string | null): HookEdit {
  if (text === null || text.trim() === "") return unchanged;
  const { value, problem } = jsoncDocument.parse(text);
  if (problem !== null) return refused(`it is not valid JSON (line ${problem.line}: ${problem.message})`);
  if (!isRecord(value)) return refused(`${runtime.title}'s settings are not an object`);
  const hooks = value.hooks;
  if (hooks === undefined) return unchanged;
  if (!isRecord(hooks)) return refused("its `hooks` are not an object");
  const edits: KeyEdit[] = [];
  let eventsLeft = Object.keys(hooks).length;
  for (const [event, groups] of Object.entries(hooks)) {
    if (!isList(groups)) continue;
    const found = groupEdits(event, groups);
    edits.push(...found);
    if (found.some(({ path }) => path.length === 2)) eventsLeft -= 1;
  }
  if (edits.length === 0) return unchanged;
  const whole = eventsLeft === 0 ? [{ path: ["hooks"], value: undefined }] : edits;
  return edited(jsoncDocument.edit(text, whole), text);
}

/** From the last to the first, so that positions hold. */
function groupEdits(event: string, groups: readonly unknown[]): readonly KeyEdit[] {
  if (groups.length > 0 && groups.every(isOurs)) return [{ path: ["hooks", event], value: undefined }];
  return [...groups.entries()].reverse().flatMap(([at, group]): readonly KeyEdit[] => {
    if (isOurs(group)) return [{ path: ["hooks", event, at], value: undefined }];
    return [...handlersOf(group).entries()]
      .reverse()
      .filter(([, handler]) => isOurHandler(handler))
      .map(([position]) => ({ path: ["hooks", event, at, "hooks", position], value: undefined }));
  });
}

/** A group that holds handlers, all of them stet's. */
function isOurs(group: unknown): boolean {
  const handlers = handlersOf(group);
  return handlers.length > 0 && handlers.every(isOurHandler);
}

function handlersOf(group: unknown): readonly unknown[] {
  return isRecord(group) && isList(group.hooks) ? group.hooks : [];
}

function isOurHandler(handler: unknown): boolean {
  if (!isRecord(handler)) return false;
  return typeof handler.statusMessage === "string" && handler.statusMessage.startsWith(hookMark);
}

/** The matcher groups of an event; a text where the file is not the shape it should be. */
function eventGroups(text: string, event: string): readonly unknown[] | string {
  const { value, problem } = jsoncDocument.parse(text);
  if (problem !== null) return `it is not valid JSON (line ${problem.line}: ${problem.message})`;
  if (!isRecord(value)) return "its settings are not an object";
  const hooks = value.hooks ?? {};
  if (!isRecord(hooks)) return "its `hooks` are not an object";
  const groups = Object.hasOwn(hooks, event) ? hooks[event] : [];
  return isList(groups) ? groups : `its hooks of ${event} are not a list`;
}

function refused(why: string): HookEdit {
  return { outcome: "refused", why };
}

function edited(result: EditResult, before: string): HookEdit {
  if (!result.ok) return refused(result.problem.message);
  if (result.text === before) return unchanged;
  const { value } = jsoncDocument.parse(result.text);
  const emptied = isRecord(value) && Object.keys(value).length === 0;
  return { outcome: "edited", text: result.text, emptied };
}
