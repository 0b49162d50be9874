import { forget } from "../../app/forget.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { counted } from "../render/counted.ts";
import { doneLine } from "../render/done-line.ts";
import { visibleLine } from "../render/visible-text.ts";
import { usageError } from "../usage-error.ts";

export const spec: CommandSpec = {
  arguments: [
    {
      name: "<what>",
      summary: "a finding's fingerprint, a file at a time, or the id of a blob or an operation",
    },
  ],
  options: [
    { flags: "--type <what>", summary: "the same once more, where there is no terminal to type it on" },
  ],
  examples: [{ cmd: "stet forget skill/deploy:SKILL.md@op_7t6w830w", summary: "that version of that file" }],
  about:
    "The one act that undo does not take back, so it is typed twice. If it is a secret, change it at its issuer first: whoever read it before has it still. What stet cannot reach is listed.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const what = call.input.word(0);
  if (what === undefined) throw usageError("Nothing was named.", "The form is: stet forget <what>.");
  const typed =
    call.input.text("type") ??
    (await call.terminal.ask?.(`Type ${visibleLine(what)} once more to remove it for good`));
  const answer = await forget(call.environment, { ...call.options, what, ...withoutAbsent({ typed }) });
  const { objects, operation, unreachable } = answer.data;
  return outcomeOf(answer, (screen) =>
    [
      doneLine(screen, `Removed ${counted(objects, "content")} for good`, operation),
      ...unreachable.map((one) => `  not reached: ${visibleLine(one.what)} (${visibleLine(one.advice)})`),
    ].join("\n"),
  );
}
