import type { Screen } from "../screen.ts";
import { columns } from "./columns.ts";
import { glyph } from "./glyph.ts";
import { paint } from "./paint.ts";
import { shortId } from "./short-id.ts";

/** A conflict as it is listed: what it is about, and who is on either side. */
export interface ListedConflict {
  readonly id: string;
  readonly artifact: string | null;
  readonly path: string;
  readonly rule: string;
  readonly yours: string;
  readonly theirs: string;
  readonly settled: boolean;
}

export function conflictLines(screen: Screen, conflicts: readonly ListedConflict[]): string {
  if (conflicts.length === 0)
    return `${paint(screen, "good", glyph(screen, "done"))} Nothing waits for a decision.`;
  const rows = conflicts.map((one) => [
    one.settled
      ? { text: `${glyph(screen, "done")} settled`, tone: "good" as const }
      : { text: `${glyph(screen, "both")} open`, tone: "bad" as const },
    { text: shortId(one.id), tone: "new" as const },
    { text: one.artifact ?? one.path, tone: "strong" as const },
    { text: one.rule, tone: "quiet" as const },
    { text: `yours: ${one.yours}, theirs: ${one.theirs}` },
  ]);
  return columns(screen, rows).join("\n");
}
