import { plan } from "../../app/plan.ts";
import { withoutAbsent } from "../call-options.ts";
import {
  type Call,
  type CommandOutcome,
  type CommandSpec,
  exitChangesExist,
  outcomeOf,
} from "../command-spec.ts";
import { plannedRowLines } from "../render/planned-row-lines.ts";
import { strategyOf, strategyOption } from "../strategy-option.ts";

const directions = ["both", "push", "pull"] as const;

export const spec: CommandSpec = {
  takesMany: true,
  arguments: [{ name: "[artifact...]", summary: "only these", completes: "artifact" }],
  options: [
    { flags: "--target <runtime>", summary: "only this runtime; may be repeated", repeat: true },
    { flags: "--direction <direction>", summary: "which way (both, if not given)", choices: directions },
    { flags: "--overwrite", summary: "also over an edited copy, of a named artifact and target" },
    strategyOption,
    { flags: "--exit-code", summary: "end with 3 where something would change" },
  ],
  examples: [
    { cmd: "stet plan", summary: "what a sync would do, kept so that apply can do exactly that" },
    {
      cmd: "stet plan skill/pdf --target cursor --direction push --overwrite",
      summary: "what writing over Cursor's edit would replace",
    },
  ],
  about:
    "Lists every create, change, delete and merge with its reason, and keeps the plan with a fingerprint of each file that it rests on. Deletes are listed and not ticked: apply does them only with --delete. Nothing else is written.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input } = call;
  const direction = directions.find((one) => one === input.text("direction")) ?? "both";
  const answer = await plan(call.environment, {
    ...call.options,
    ...strategyOf(input),
    ...withoutAbsent({
      targets: input.list("target"),
      artifacts: input.words.length > 0 ? input.words : undefined,
    }),
    ...(input.flag("overwrite") ? { overwrite: true } : {}),
    direction,
  });
  const { rows, left } = answer.data;
  const exit = input.flag("exitCode") && rows.length > 0 ? { exit: exitChangesExist } : {};
  return outcomeOf(
    answer,
    (screen) => {
      if (rows.length === 0 && left.every((one) => !one.waits)) return "Everything matches.";
      return [...plannedRowLines(screen, rows, left), "Nothing was written."].join("\n");
    },
    exit,
  );
}
