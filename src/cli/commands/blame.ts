import { blame } from "../../app/blame.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { asOfOption } from "../global-options.ts";
import { columns } from "../render/columns.ts";
import { paint } from "../render/paint.ts";
import { shortId } from "../render/short-id.ts";
import { shownTime } from "../render/shown-time.ts";

export const spec: CommandSpec = {
  arguments: [
    { name: "<artifact>", summary: "an artifact, such as skill/pdf", completes: "artifact" },
    { name: "[path]", summary: "one of its files (its main one, if not given)" },
  ],
  options: [asOfOption],
  examples: [{ cmd: "stet blame agent/reviewer", summary: "who wrote each line, and when" }],
  about: "A line that nobody claimed is unknown, never yours. What git brought is passed over.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await blame(call.environment, {
    ...call.options,
    ...withoutAbsent({ path: call.input.word(1), at: call.input.text("at") }),
    artifact: call.input.needed(0, "artifact"),
  });
  const { lines, shares } = answer.data;
  return outcomeOf(answer, (screen) => {
    const rows = lines.map((line) => [
      { text: shortId(line.operation), tone: "quiet" as const },
      { text: shownTime(screen, line.at), tone: "quiet" as const },
      { text: nameOf(line.actor) },
      { text: String(line.line).padStart(4), tone: "quiet" as const, exact: true as const },
      { text: line.text, exact: true as const },
    ]);
    const total = Object.entries(shares)
      .filter(([, share]) => share > 0)
      .map(([who, share]) => `${who} ${share} %`)
      .join(", ");
    return [...columns(screen, rows), paint(screen, "quiet", total)].join("\n");
  });
}

function nameOf(actor: { readonly name: string; readonly modelId: string | null }): string {
  return actor.modelId === null ? actor.name : `${actor.name} (${actor.modelId})`;
}
