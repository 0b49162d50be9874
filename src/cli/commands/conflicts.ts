import { listConflicts } from "../../app/conflicts.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { conflictLines } from "../render/conflict-lines.ts";

export const spec: CommandSpec = {
  arguments: [],
  options: [{ flags: "-a, --all", summary: "also those that are settled" }],
  examples: [{ cmd: "stet conflicts", summary: "what waits for a decision" }],
  about:
    "Both versions of each conflict are kept, also after it is settled: `stet cat <artifact>@<blob>` prints either.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await listConflicts(call.environment, { ...call.options, all: call.input.flag("all") });
  return outcomeOf(answer, (screen) => conflictLines(screen, answer.data.conflicts));
}
