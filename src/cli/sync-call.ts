import { sync } from "../app/sync.ts";
import { withoutAbsent } from "./call-options.ts";
import { type Call, type CommandOutcome, type OptionSpec, outcomeOf } from "./command-spec.ts";
import { changeOutcome, type OutcomeWords } from "./render/change-outcome.ts";
import { planLines } from "./render/plan-lines.ts";
import { strategyOf, strategyOption } from "./strategy-option.ts";

const targetOption: OptionSpec = {
  flags: "--target <runtime>",
  summary: "only this runtime; may be repeated",
  repeat: true,
};
const dryRunOption: OptionSpec = { flags: "--dry-run", summary: "show the plan and write nothing" };
const deleteOption: OptionSpec = {
  flags: "--delete",
  summary: "also remove copies of what was removed in the store, if they are as stet left them",
};

export const pullOptions: readonly OptionSpec[] = [targetOption, dryRunOption, strategyOption];
/** Of what writes at targets. */
export const syncOptions: readonly OptionSpec[] = [targetOption, deleteOption, dryRunOption, strategyOption];

/** `sync`, `push` and `pull`: one use case in three directions. */
export async function runSync(
  call: Call,
  direction: "both" | "push" | "pull",
  words: OutcomeWords,
): Promise<CommandOutcome> {
  const { input, environment, options } = call;
  const dryRun = input.flag("dryRun");
  const answer = await sync(environment, {
    ...options,
    ...strategyOf(input),
    ...withoutAbsent({
      targets: input.list("target"),
      artifacts: input.words.length > 0 ? input.words : undefined,
    }),
    ...(direction !== "pull" && input.flag("delete") ? { deletes: true } : {}),
    ...(direction === "push" && input.flag("overwrite") ? { overwrite: true } : {}),
    dryRun,
    direction,
  });
  const { data } = answer;
  return outcomeOf(answer, (screen) => {
    // What a runtime has no place for waits for nobody: `--dry-run` and `status --all` list it.
    if (!dryRun)
      return changeOutcome(screen, { ...data, skipped: data.skipped.filter((one) => one.waits) }, words);
    if (data.plan.length === 0) return words.nothing;
    return [planLines(screen, data.plan), "Nothing was written."].join("\n");
  });
}
