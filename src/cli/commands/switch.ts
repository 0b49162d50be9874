import { switchBranch } from "../../app/switch-branch.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { changeOutcome } from "../render/change-outcome.ts";
import { visibleLine } from "../render/visible-text.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "<branch>", summary: "the branch to go to", completes: "branch" }],
  options: [{ flags: "-c, --create", summary: "begin it here first" }],
  examples: [
    { cmd: "stet switch trial", summary: "put that branch's files in place" },
    { cmd: "stet switch --create trial", summary: "begin a branch and go to it" },
  ],
  about: "What was edited before stays on the branch that it was edited on; `stet undo` goes back.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await switchBranch(call.environment, {
    ...call.options,
    name: call.input.needed(0, "branch"),
    create: call.input.flag("create"),
  });
  const branch = visibleLine(answer.data.branch);
  return outcomeOf(answer, (screen) =>
    changeOutcome(screen, answer.data, { done: `Now on ${branch}:`, nothing: `This is ${branch}.` }),
  );
}
