import { removeArtifact } from "../../app/remove.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { changeOutcome } from "../render/change-outcome.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "<artifact>", summary: "the artifact to remove", completes: "artifact" }],
  options: [{ flags: "--cascade", summary: "also the runtimes' copies, where they are as stet wrote them" }],
  examples: [{ cmd: "stet rm skill/pdf", summary: "it stays in history; stet undo brings it back" }],
  about: "",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await removeArtifact(call.environment, {
    ...call.options,
    artifact: call.input.needed(0, "artifact"),
    cascade: call.input.flag("cascade"),
  });
  return outcomeOf(answer, (screen) =>
    changeOutcome(screen, answer.data, {
      done: "Removed",
      implies: "removed",
      nothing: "Nothing was removed.",
    }),
  );
}
