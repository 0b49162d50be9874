import { undo } from "../../app/undo.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { undoneLines } from "../render/undone-lines.ts";
import { strategyOf, strategyOption } from "../strategy-option.ts";

export const spec: CommandSpec = {
  arguments: [
    { name: "[operation]", summary: "which one (your newest, if not given)", completes: "operation" },
  ],
  options: [
    { flags: "--any", summary: "the newest of anybody" },
    { flags: "--partial", summary: "undo what can be, and leave files that were edited since" },
    strategyOption,
  ],
  examples: [
    { cmd: "stet undo", summary: "take your last change back" },
    { cmd: "stet undo op_4k2m9qxz", summary: "take that one back and keep what came later" },
  ],
  about:
    "An undo is an operation of its own: it never removes later work, and it can be undone in turn. Without an id it takes the newest operation that you made; an agent's needs its id, or --any.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await undo(call.environment, {
    ...call.options,
    ...strategyOf(call.input),
    ...withoutAbsent({ operation: call.input.word(0) }),
    any: call.input.flag("any"),
    partial: call.input.flag("partial"),
  });
  return outcomeOf(answer, (screen) =>
    undoneLines(screen, answer.data, { done: "Undid", nothing: "Nothing to undo." }),
  );
}
