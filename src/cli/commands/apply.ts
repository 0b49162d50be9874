import { apply } from "../../app/apply.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { changeOutcome } from "../render/change-outcome.ts";
import { movedRowLines } from "../render/moved-row-lines.ts";

/** Exit code of a plan of which a part is no longer what is there. */
const exitStale = 5;

export const spec: CommandSpec = {
  takesMany: true,
  arguments: [{ name: "<plan>", summary: "the plan's id, or a beginning of it" }],
  options: [
    { flags: "--row <id>", summary: "only this row of it; may be repeated", repeat: true },
    { flags: "--delete", summary: "its deletes as well" },
  ],
  examples: [
    { cmd: "stet apply pl_7k2m9", summary: "do what the plan said" },
    { cmd: "stet apply pl_7k2m9 --delete", summary: "and remove the copies that it lists" },
  ],
  about:
    "Does exactly what a plan says, as one operation. Each file that it rests on is looked at again: a row whose file moved is left, planned anew and shown with what changed since, and the exit code is 5.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input } = call;
  const answer = await apply(call.environment, {
    ...call.options,
    ...withoutAbsent({ rows: input.list("row") }),
    ...(input.flag("delete") ? { deletes: true } : {}),
    plan: input.needed(0, "plan"),
  });
  const { data } = answer;
  const words = { done: "Applied", nothing: "Nothing was written." };
  return outcomeOf(
    answer,
    (screen) => [changeOutcome(screen, data, words), ...movedRowLines(screen, data.moved)].join("\n"),
    data.moved.length > 0 ? { exit: exitStale } : {},
  );
}
