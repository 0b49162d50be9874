import { detach } from "../../app/detach.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { planned } from "../render/planned.ts";

export const spec: CommandSpec = {
  arguments: [],
  options: [{ flags: "--dry-run", summary: "show the plan and write nothing" }],
  examples: [{ cmd: "stet detach", summary: "show what would be removed, then ask" }],
  about:
    "Ends the collection in this folder: removes stet's own files and hooks. Your files stay as they are, and their history stays in the store.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const dryRun = call.input.flag("dryRun");
  const answer = await detach(call.environment, { ...call.options, dryRun });
  const done = "Detached: your files are as they were, and their history stays in the store";
  const wasAsked = call.options.confirm !== undefined && !dryRun;
  return outcomeOf(answer, (screen) => planned(screen, { ...answer.data, done, wasAsked }));
}
