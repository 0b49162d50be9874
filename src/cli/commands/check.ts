import { check } from "../../app/check.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { columns } from "../render/columns.ts";
import { counted } from "../render/counted.ts";
import { glyph } from "../render/glyph.ts";
import { paint } from "../render/paint.ts";

export const spec: CommandSpec = {
  arguments: [],
  options: [{ flags: "--target <runtime>", summary: "only this runtime; may be repeated", repeat: true }],
  examples: [
    { cmd: "stet check", summary: "in CI: ends with 1 where a copy is not what a push would write" },
  ],
  about:
    "Compares the canonical files with the runtimes' copies, from the project alone: it needs no store and writes nothing. Which side moved cannot be known without history; that they differ can.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await check(call.environment, {
    ...call.options,
    ...withoutAbsent({ targets: call.input.list("target") }),
  });
  const { differences, artifacts, targets } = answer.data;
  return outcomeOf(
    answer,
    (screen) => {
      const compared = `${counted(artifacts, "artifact")}, ${counted(targets, "target")}`;
      if (differences.length === 0) {
        return `${paint(screen, "good", glyph(screen, "done"))} Every copy is as it should be: ${compared}.`;
      }
      const head = `${paint(screen, "bad", glyph(screen, "fail"))} ${counted(differences.length, "difference")} in ${compared}:`;
      const rows = differences.map((one) => [
        { text: one.state, tone: "warn" as const },
        { text: `${one.kind}/${one.name}` },
        { text: one.target },
        { text: one.reason, tone: "quiet" as const },
      ]);
      return [head, ...columns(screen, rows, "  ")].join("\n");
    },
    differences.length > 0 ? { exit: 1 } : {},
  );
}
