import type { ErrorSlots } from "../../domain/errors.ts";
import type { Screen } from "../screen.ts";
import { columns } from "./columns.ts";
import { glyph } from "./glyph.ts";
import { paint } from "./paint.ts";
import { visibleLine } from "./visible-text.ts";

/** An error with its five slots, the code at the end of the first line. */
export function errorBlock(screen: Screen, error: ErrorSlots): string {
  const head = `${paint(screen, "bad", glyph(screen, "fail"))} ${visibleLine(error.what)}`;
  const lines = [`${head}  ${paint(screen, "quiet", error.code)}`];
  const slot = (name: string, text: string) => {
    if (text !== "") lines.push(`  ${paint(screen, "quiet", name.padEnd(5))}  ${visibleLine(text)}`);
  };
  slot("where", error.where);
  slot("why", error.why);
  slot("kept", error.kept);
  const fixes = columns(
    screen,
    error.fixes.map((fix) => [{ text: fix.cmd, tone: "new" }, { text: fix.summary }]),
  );
  fixes.forEach((line, index) => {
    lines.push(`  ${paint(screen, "quiet", index === 0 ? "fix  " : "     ")}  ${line}`);
  });
  return lines.join("\n");
}
