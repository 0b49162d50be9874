import { restore } from "../../app/restore.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { changeOutcome } from "../render/change-outcome.ts";

export const spec: CommandSpec = {
  takesMany: true,
  arguments: [
    {
      name: "[artifact]",
      summary: "an artifact or artifact:path (the whole collection, if not given)",
      completes: "artifact",
    },
  ],
  options: [
    {
      flags: "--at <id|time>",
      summary:
        "the operation, commit, pin or time to go back to (before the edits on disk that are not saved yet, if not given)",
    },
  ],
  examples: [
    { cmd: "stet restore skill/pdf --at op_4k2m9qxz", summary: "that skill as of that operation" },
    {
      cmd: "stet restore skill/pdf",
      summary: "drop what was edited on disk since the last save; it is kept in history",
    },
    { cmd: "stet restore --at 2026-11-20T09:00Z", summary: "the whole collection as of that time" },
  ],
  about: "What is replaced is kept, and `stet undo` takes the restore back.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await restore(call.environment, {
    ...call.options,
    ...withoutAbsent({ what: call.input.word(0), at: call.input.text("at") }),
  });
  return outcomeOf(answer, (screen) =>
    changeOutcome(screen, answer.data, { done: "Restored", nothing: "It is already in that state." }),
  );
}
