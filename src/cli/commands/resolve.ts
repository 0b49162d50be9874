import { resolveConflict } from "../../app/conflicts.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { changeOutcome } from "../render/change-outcome.ts";
import { usageError } from "../usage-error.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "<id>", summary: "the conflict; 8 letters are enough", completes: "conflict" }],
  options: [
    { flags: "--yours", summary: "take the text that was submitted" },
    { flags: "--theirs", summary: "take the text that was there" },
  ],
  examples: [
    {
      cmd: "stet resolve cf_4k2m9qxz --yours",
      summary: "settle it with your side; the other stays in history",
    },
  ],
  about: "",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input } = call;
  const id = input.needed(0, "conflict");
  if (input.flag("yours") === input.flag("theirs")) {
    throw usageError("Which side to take must be said.", "Exactly one of --yours and --theirs is needed.", [
      { cmd: "stet conflicts", summary: "see both sides first" },
      { cmd: `stet resolve ${id} --yours`, summary: "take the text that was submitted" },
      { cmd: `stet resolve ${id} --theirs`, summary: "take the text that was there" },
    ]);
  }
  const side = input.flag("yours") ? "yours" : "theirs";
  const answer = await resolveConflict(call.environment, { ...call.options, id, side });
  return outcomeOf(answer, (screen) =>
    changeOutcome(screen, answer.data, { done: "Settled", nothing: "It was settled already." }),
  );
}
