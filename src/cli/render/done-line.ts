import type { Screen } from "../screen.ts";
import { glyph } from "./glyph.ts";
import { paint } from "./paint.ts";
import { shortId } from "./short-id.ts";
import { visibleLine } from "./visible-text.ts";

/** One line that says what was done, and the operation that it is. */
export function doneLine(screen: Screen, text: string, operation: string | null): string {
  const id = operation === null ? "" : `  ${paint(screen, "quiet", shortId(operation))}`;
  return `${paint(screen, "good", glyph(screen, "done"))} ${visibleLine(text)}${id}`;
}
