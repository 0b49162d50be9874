import { moveArtifact } from "../../app/move.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { changeOutcome } from "../render/change-outcome.ts";

export const spec: CommandSpec = {
  arguments: [
    { name: "<artifact>", summary: "the artifact to move", completes: "artifact" },
    { name: "<new-name>", summary: "its new name, with the kind: skill/pdf-forms" },
  ],
  options: [],
  examples: [{ cmd: "stet mv skill/pdf skill/pdf-forms", summary: "its history goes with it" }],
  about: "",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await moveArtifact(call.environment, {
    ...call.options,
    from: call.input.needed(0, "artifact"),
    to: call.input.needed(1, "new name"),
  });
  // A moved file is a removed and a new one on record; a person counts it once.
  const moved = { ...answer.data, changed: answer.data.changed.filter((one) => one.after !== null) };
  return outcomeOf(answer, (screen) =>
    changeOutcome(screen, moved, { done: "Moved to", implies: "new", nothing: "It has that name already." }),
  );
}
