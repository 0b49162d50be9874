import { prune } from "../../app/prune.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { counted } from "../render/counted.ts";
import { doneLine } from "../render/done-line.ts";
import { shownBytes } from "../render/shown-bytes.ts";

export const spec: CommandSpec = {
  arguments: [],
  options: [
    { flags: "--keep-last <count>", summary: "keep so many versions of each artifact", count: true },
    { flags: "--keep-within-days <count>", summary: "keep everything of so many days", count: true },
    {
      flags: "--hourly-within-days <count>",
      summary: "and the last version of each hour of so many days",
      count: true,
    },
    {
      flags: "--daily-within-days <count>",
      summary: "and the last version of each day of so many days",
      count: true,
    },
    { flags: "--dry-run", summary: "count what would go, and remove nothing" },
  ],
  examples: [
    { cmd: "stet prune --keep-last 20 --dry-run", summary: "what those rules would remove" },
    { cmd: "stet prune", summary: "by the collection's own rules (stet config)" },
  ],
  about:
    "Never pruned: the first version, pins, branches, open conflicts, and what undo may need (90 days and 1,000 operations at least). Each removed content leaves a mark that says when and why.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input, environment, options } = call;
  const answer = await prune(environment, {
    ...options,
    ...withoutAbsent({
      keepLast: input.count("keepLast"),
      keepWithinDays: input.count("keepWithinDays"),
      hourlyWithinDays: input.count("hourlyWithinDays"),
      dailyWithinDays: input.count("dailyWithinDays"),
    }),
    dryRun: input.flag("dryRun"),
  });
  const { objects, bytes, policy, operation, dryRun } = answer.data;
  return outcomeOf(answer, (screen) => {
    if (objects === 0) return `Nothing to prune (${policy}).`;
    const what = `${counted(objects, "old content")}, ${shownBytes(bytes)} (${policy})`;
    return dryRun ? `Would remove ${what}.` : doneLine(screen, `Removed ${what}`, operation);
  });
}
