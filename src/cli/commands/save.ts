import { save } from "../../app/save.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { changeOutcome } from "../render/change-outcome.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "[artifact...]", summary: "only these, such as skill/pdf", completes: "artifact" }],
  options: [{ flags: "-m, --message <text>", summary: "what changed, in your words" }],
  examples: [
    { cmd: "stet save", summary: "keep what changed on disk" },
    { cmd: 'stet save skill/pdf -m "shorter examples"', summary: "one artifact, with a message" },
  ],
  about:
    "Records what changed on disk as one operation of yours. With nothing new it says so and ends with 0.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { words } = call.input;
  const answer = await save(call.environment, {
    ...call.options,
    ...withoutAbsent({
      artifacts: words.length > 0 ? words : undefined,
      message: call.input.text("message"),
    }),
  });
  return outcomeOf(answer, (screen) =>
    changeOutcome(screen, answer.data, { done: "Saved", nothing: "Nothing new to save." }),
  );
}
