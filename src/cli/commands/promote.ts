import { promote } from "../../app/promote.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { changeOutcome } from "../render/change-outcome.ts";
import { usageError } from "../usage-error.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "<artifact>", summary: "a private draft", completes: "artifact" }],
  options: [],
  examples: [{ cmd: "stet promote skill/idea", summary: "move it to the project" }],
  about: "One operation over both collections: undo moves it back. The next sync carries it to the runtimes.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const artifact = call.input.word(0);
  if (artifact === undefined) throw usageError("Nothing was named.", "The form is: stet promote <artifact>.");
  const answer = await promote(call.environment, { ...call.options, artifact });
  return outcomeOf(answer, (screen) =>
    changeOutcome(screen, answer.data, { done: "Promoted", nothing: "Nothing to promote." }),
  );
}
