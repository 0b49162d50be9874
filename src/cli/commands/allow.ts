import { allow } from "../../app/allow.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { doneLine } from "../render/done-line.ts";
import { usageError } from "../usage-error.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "<finding>", summary: "the finding's fingerprint, as the refusal named it" }],
  options: [],
  examples: [
    {
      cmd: 'stet allow 3f2a9c1e --reason "an example key from the manual"',
      summary: "let it pass from now on",
    },
  ],
  about:
    "For what only looks like a secret. If it is real, change it at its issuer first. The reason stands in the collection's file, for those who read it later; --force does not exist.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input, environment, options } = call;
  const fingerprint = input.needed(0, "finding");
  const reason = input.text("reason");
  if (reason === undefined) {
    throw usageError("stet allow needs --reason.", "Whoever reads the file later must be able to tell why.", [
      { cmd: `stet allow ${fingerprint} --reason "..."`, summary: "say why it is no secret" },
    ]);
  }
  const answer = await allow(environment, { ...options, fingerprint, reason });
  return outcomeOf(answer, (screen) => doneLine(screen, "That finding may pass", answer.data.operation));
}
