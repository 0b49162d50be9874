import { listConflicts, showConflict } from "../../app/conflicts.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { conflictCard, conflictLines } from "../render/conflict-lines.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "[id]", summary: "one of them, with what it asks", completes: "conflict" }],
  options: [{ flags: "-a, --all", summary: "also those that are settled" }],
  examples: [
    { cmd: "stet conflicts", summary: "what waits for a decision" },
    { cmd: "stet conflicts cf_4k2m9qxz", summary: "both sides of each spot" },
  ],
  about:
    "Both versions of each conflict are kept, also after it is settled: `stet cat <artifact>@<blob>` prints either.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const id = call.input.word(0);
  if (id !== undefined) {
    const answer = await showConflict(call.environment, { ...call.options, id });
    return outcomeOf(answer, (screen) => conflictCard(screen, answer.data));
  }
  const answer = await listConflicts(call.environment, { ...call.options, all: call.input.flag("all") });
  return outcomeOf(answer, (screen) => conflictLines(screen, answer.data.conflicts));
}
