import { importFound } from "../../app/import.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { counted } from "../render/counted.ts";
import { glyph } from "../render/glyph.ts";
import { paint } from "../render/paint.ts";
import { planLines } from "../render/plan-lines.ts";
import { shortId } from "../render/short-id.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "[runtime...]", summary: "only from these, such as cursor" }],
  options: [
    {
      flags: "--adopt <tool>",
      summary: "take over what another tool keeps: its name (rulesync), an artifact (skill/pdf), or all",
      repeat: true,
    },
    { flags: "--dry-run", summary: "show the plan and write nothing" },
  ],
  examples: [
    { cmd: "stet import", summary: "show what only the runtimes have, then ask" },
    { cmd: "stet import cursor --yes", summary: "take in what lies at Cursor alone" },
    { cmd: "stet import --adopt npx-skills", summary: "take over what npx skills keeps" },
  ],
  about:
    "Takes artifacts that lie at a runtime, and not in the collection, into it. Copies of one artifact are matched as by init; what another tool keeps is only observed, unless it is adopted. No runtime's file changes.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input, environment, options } = call;
  const answer = await importFound(environment, {
    ...options,
    ...withoutAbsent({ adopt: input.list("adopt") }),
    from: input.words,
    dryRun: input.flag("dryRun"),
  });
  const { data } = answer;
  return outcomeOf(answer, (screen) => {
    if (data.operation !== null) {
      const done = paint(screen, "good", glyph(screen, "done"));
      const id = paint(screen, "quiet", shortId(data.operation));
      return `${done} Imported ${counted(data.imported.length, "artifact")}  ${id}`;
    }
    // Whoever was asked has seen the plan above the question.
    const wasAsked = options.confirm !== undefined && !input.flag("dryRun") && data.imported.length > 0;
    const shown = wasAsked || data.plan.length === 0 ? [] : [planLines(screen, data.plan)];
    const nothing = data.imported.length === 0 ? "There is nothing to import." : "Nothing was written.";
    return [...shown, nothing].join("\n");
  });
}
