import type { ShownConflict } from "../../app/conflicts.ts";
import type { Screen } from "../screen.ts";
import { columns } from "./columns.ts";
import { glyph } from "./glyph.ts";
import { paint } from "./paint.ts";
import { shortId } from "./short-id.ts";

/** Open and settled conflicts, with who is on either side and the blob to look at it by. */
export function conflictLines(screen: Screen, conflicts: readonly ShownConflict[]): string {
  if (conflicts.length === 0)
    return `${paint(screen, "good", glyph(screen, "done"))} Nothing waits for a decision.`;
  const rows = conflicts.map((one) => [
    one.settledBy !== null
      ? { text: `${glyph(screen, "done")} settled`, tone: "good" as const }
      : { text: `${glyph(screen, "both")} open`, tone: "bad" as const },
    { text: shortId(one.id), tone: "new" as const },
    { text: one.artifact ?? one.path, tone: "strong" as const },
    { text: one.rule, tone: "quiet" as const },
    { text: `yours: ${side(one.yours)}` },
    { text: `theirs: ${side(one.theirs)}` },
  ]);
  return columns(screen, rows).join("\n");
}

function side({ blob, actor }: ShownConflict["yours"]): string {
  return `${actor.name} ${blob === null ? "(removed)" : shortId(blob)}`;
}
