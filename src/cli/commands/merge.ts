import { mergeBranch } from "../../app/merge-branch.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { changeOutcome } from "../render/change-outcome.ts";
import { strategyOf, strategyOption } from "../strategy-option.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "<branch>", summary: "the branch whose changes come in", completes: "branch" }],
  options: [{ flags: "-m, --message <text>", summary: "what this brings, in your words" }, strategyOption],
  examples: [{ cmd: "stet merge trial", summary: "take the changes of trial in" }],
  about:
    "Where both branches changed the same file, what stands here stays, both are kept as a conflict, and the exit code is 4.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await mergeBranch(call.environment, {
    ...call.options,
    ...strategyOf(call.input),
    ...withoutAbsent({ message: call.input.text("message") }),
    name: call.input.needed(0, "branch"),
  });
  return outcomeOf(answer, (screen) =>
    changeOutcome(screen, answer.data, { done: "Merged", nothing: "There is nothing new in that branch." }),
  );
}
