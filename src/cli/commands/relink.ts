import { relink } from "../../app/relink.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { planned } from "../render/planned.ts";

export const spec: CommandSpec = {
  arguments: [],
  options: [{ flags: "--dry-run", summary: "show the plan and write nothing" }],
  examples: [{ cmd: "stet relink", summary: "after a project was moved or its root replaced" }],
  about: "Joins a folder that was moved, copied or replaced to its history again.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const dryRun = call.input.flag("dryRun");
  const answer = await relink(call.environment, { ...call.options, dryRun });
  const wasAsked = call.options.confirm !== undefined && !dryRun;
  return outcomeOf(answer, (screen) =>
    answer.data.plan.length === 0
      ? "This folder is joined to its history."
      : planned(screen, { ...answer.data, done: "Joined to its history again", wasAsked }),
  );
}
