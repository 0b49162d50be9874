/**
 * How stet's rules are told from the user's in a file that both write: a field of each handler that the runtime
 * shows or ignores begins with the mark.
 */
import { isList, isRecord } from "../../formats/format-value.ts";

/** Marks rules of the hook set. */
const ruleMark = "stet hooks";

/** What the mark of the hook by which a runtime tells stet what its agents wrote begins with. */
export const captureMark = "stet: ";

export function markedText(text: string): string {
  return text === "" ? ruleMark : `${ruleMark}: ${text}`;
}

/** The text behind the mark; undefined where there is no mark. */
export function unmarkedText(text: unknown): string | undefined {
  if (text === ruleMark) return "";
  if (typeof text !== "string" || !text.startsWith(`${ruleMark}: `)) return undefined;
  return text.slice(ruleMark.length + 2);
}

/** Whose a handler is: of the hook set, of the capture hook, or the user's. */
export function ownerOf(handler: unknown, field: string): "hooks" | "capture" | null {
  if (!isRecord(handler)) return null;
  const text = handler[field];
  if (unmarkedText(text) !== undefined) return "hooks";
  return typeof text === "string" && text.startsWith(captureMark) ? "capture" : null;
}

export function handlersOf(group: unknown): readonly unknown[] {
  return isRecord(group) && isList(group.hooks) ? group.hooks : [];
}
