import type { ShownOperation } from "../../app/outcomes.ts";
import type { Screen } from "../screen.ts";
import { columns } from "./columns.ts";
import { counted } from "./counted.ts";
import { paint } from "./paint.ts";
import { shortId } from "./short-id.ts";
import { shownActor } from "./shown-actor.ts";
import { shownTime } from "./shown-time.ts";
import { visibleLine } from "./visible-text.ts";

/** The log: one line an operation, its message and reason below where it has them. */
export function operationLines(screen: Screen, operations: readonly ShownOperation[]): string {
  const heads = columns(
    screen,
    operations.map((one) => [
      { text: shortId(one.id), tone: "new" },
      { text: shownTime(screen, one.at), tone: "quiet" },
      { text: shownActor(one.actor) },
      { text: one.summary === "" ? one.kind : one.summary },
    ]),
  );
  return operations.flatMap((one, index) => [heads[index] ?? "", ...wordLines(screen, one)]).join("\n");
}

/** One operation in full: who, when, why, and each file that it touched. */
export function operationInFull(screen: Screen, operation: ShownOperation): string {
  const facts: [string, string | null][] = [
    ["operation", operation.id],
    ["kind", operation.kind],
    ["at", operation.at],
    ["actor", shownActor(operation.actor)],
    ["agent", operation.actor.agentId],
    ["model", operation.actor.modelId],
    ["session", operation.actor.session],
    ["undoes", operation.undoes],
    ["version", operation.semVerBump],
    ...Object.entries(operation.details),
  ];
  const rows = facts.flatMap(([name, text]) =>
    text === null ? [] : [[{ text: name, tone: "quiet" as const }, { text }]],
  );
  const lines = [...columns(screen, rows), ...wordLines(screen, { ...operation, summary: "" })];
  for (const one of operation.breakingChanges)
    lines.push(`    ${paint(screen, "warn", "breaking")}  ${visibleLine(one)}`);
  lines.push("", `${counted(operation.changes.length, "file")}:`);
  const changes = operation.changes.map((one) => [
    changeCell(one.before, one.after),
    { text: one.path },
    {
      text: `${one.before === null ? "" : shortId(one.before)} → ${one.after === null ? "" : shortId(one.after)}`,
      tone: "quiet" as const,
    },
  ]);
  return [...lines, ...columns(screen, changes, "  ")].join("\n");
}

function changeCell(before: string | null, after: string | null) {
  if (before === null) return { text: "+ new", tone: "good" as const };
  return after === null
    ? { text: "- removed", tone: "bad" as const }
    : { text: "~ changed", tone: "warn" as const };
}

function wordLines(screen: Screen, operation: ShownOperation): string[] {
  const lines: string[] = [];
  // The first line of a message is the summary already.
  const message = (operation.message ?? "").split("\n");
  const more = message[0] === operation.summary ? message.slice(1) : message;
  lines.push(...more.filter((line) => line.trim() !== "").map((line) => `    ${visibleLine(line)}`));
  if (operation.reason !== null)
    lines.push(`    ${paint(screen, "quiet", "why")} ${visibleLine(operation.reason)}`);
  return lines;
}
