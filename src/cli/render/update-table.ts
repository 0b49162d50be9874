import type { ShownUpdate } from "../../app/updates/shown-update.ts";
import type { Screen } from "../screen.ts";
import { type Cell, columns } from "./columns.ts";
import { counted } from "./counted.ts";
import { findingLines } from "./finding-lines.ts";
import type { Tone } from "./paint.ts";

const words: Readonly<Record<ShownUpdate["state"], { readonly text: string; readonly tone: Tone }>> = {
  current: { text: "current", tone: "quiet" },
  ready: { text: "ready", tone: "good" },
  merges: { text: "merges with your edits", tone: "good" },
  asks: { text: "needs you", tone: "warn" },
  security: { text: "security", tone: "bad" },
  waiting: { text: "waiting", tone: "quiet" },
  pinned: { text: "pinned", tone: "quiet" },
  ignored: { text: "ignored", tone: "quiet" },
  gone: { text: "gone upstream", tone: "warn" },
  removed: { text: "removed here", tone: "warn" },
  missing: { text: "not installed", tone: "warn" },
  unreachable: { text: "no answer", tone: "warn" },
};

/** One line for each artifact with an upstream, and below it what has to be looked at. */
export function updateTable(screen: Screen, updates: readonly ShownUpdate[]): string {
  if (updates.length === 0) return "Nothing here came from a third party.";
  const head: readonly Cell[] = ["NAME", "HAVE", "NEW", "THEIRS", "YOURS", "STATE", ""].map((text) => ({
    text,
    tone: "quiet",
  }));
  const rows = columns(screen, [head, ...updates.map((one) => rowOf(one))]);
  const [title = "", ...lines] = rows;
  const notes = updates.map((one) => findingLines(screen, one.artifact, one.findings));
  return [title, ...lines.flatMap((line, index) => [line, ...(notes[index] ?? [])])].join("\n");
}

function rowOf(one: ShownUpdate): readonly Cell[] {
  const state = words[one.state];
  return [
    { text: one.artifact, tone: "strong" },
    { text: one.have ?? "-" },
    { text: one.latest ?? one.have ?? "-", tone: "new" },
    { text: one.theirs === 0 ? "none" : counted(one.theirs, "file") },
    { text: one.yours === 0 ? "none" : counted(one.yours, "file") },
    state,
    { text: one.state === "security" ? "" : one.reason, tone: "quiet" },
  ];
}
