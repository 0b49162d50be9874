import { redo } from "../../app/undo.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { undoneLines } from "../render/undone-lines.ts";
import { strategyOf, strategyOption } from "../strategy-option.ts";

export const spec: CommandSpec = {
  arguments: [],
  options: [strategyOption],
  examples: [{ cmd: "stet redo", summary: "bring back what the last undo took away" }],
  about: "Twice undone is twice redone: undo, undo, redo, redo comes back to where it began.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await redo(call.environment, { ...call.options, ...strategyOf(call.input) });
  return outcomeOf(answer, (screen) =>
    undoneLines(screen, answer.data, { done: "Redid", nothing: "Nothing to redo." }),
  );
}
