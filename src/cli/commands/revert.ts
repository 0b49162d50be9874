import { revert } from "../../app/undo.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { undoneLines } from "../render/undone-lines.ts";
import { strategyOf, strategyOption } from "../strategy-option.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "<operation>", summary: "the change to take out", completes: "operation" }],
  options: [
    { flags: "--partial", summary: "take out what can be, and leave files that were edited since" },
    strategyOption,
  ],
  examples: [{ cmd: "stet revert op_4k2m9qxz", summary: "take one old change out and keep the later ones" }],
  about: "",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await revert(call.environment, {
    ...call.options,
    ...strategyOf(call.input),
    operation: call.input.needed(0, "operation"),
    partial: call.input.flag("partial"),
  });
  return outcomeOf(answer, (screen) =>
    undoneLines(screen, answer.data, {
      done: "Reverted",
      nothing: "Nothing of that change is left to revert.",
    }),
  );
}
