import { verify } from "../../app/verify.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { columns } from "../render/columns.ts";
import { counted } from "../render/counted.ts";
import { glyph } from "../render/glyph.ts";
import { paint } from "../render/paint.ts";

export const spec: CommandSpec = {
  takesMany: true,
  arguments: [],
  options: [
    { flags: "--against <head>", summary: "also check that the log still holds this link (its chain hash)" },
  ],
  examples: [{ cmd: "stet verify", summary: "hash every object again and follow every reference" }],
  about:
    "Ends with 1 where there is a problem. What was pruned by policy is not one; what is absent without a trace is.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await verify(call.environment, { ...call.options });
  const { objects, commits, operations, problems } = answer.data;
  const exit = problems.length > 0 ? { exit: 1 } : {};
  return outcomeOf(
    answer,
    (screen) => {
      const checked = `${counted(objects, "object")}, ${counted(commits, "commit")}, ${counted(operations, "operation")}`;
      if (problems.length === 0)
        return `${paint(screen, "good", glyph(screen, "done"))} All is as it should be: ${checked}.`;
      const head = `${paint(screen, "bad", glyph(screen, "fail"))} ${counted(problems.length, "problem")} in ${checked}:`;
      const rows = problems.map((one) => [
        { text: one.code, tone: "bad" as const },
        { text: one.what },
        { text: one.where },
      ]);
      return [head, ...columns(screen, rows, "  ")].join("\n");
    },
    exit,
  );
}
