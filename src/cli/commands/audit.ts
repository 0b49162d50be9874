import { audit } from "../../app/audit.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { findingLines } from "../render/finding-lines.ts";

export const spec: CommandSpec = {
  arguments: [],
  options: [],
  examples: [
    { cmd: "stet audit", summary: "what third-party artifacts hold, or would bring, that should be seen" },
  ],
  about:
    "Hidden text, instructions in comments, secrets, programs, wider powers, moved tags: each with its line. `stet allow` lets one pass, with a reason that is kept in the manifest.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await audit(call.environment, call.options);
  const { findings } = answer.data;
  return outcomeOf(answer, (screen) => {
    const open = findings.filter((one) => one.allowed === null);
    const rest = findings.length - open.length;
    const lines = open.flatMap((one) =>
      findingLines(screen, one.where === "update" ? `${one.artifact} (update)` : one.artifact, [one]),
    );
    if (lines.length === 0) lines.push("Nothing has to be looked at.");
    return rest === 0 ? lines.join("\n") : [...lines, `${rest} allowed before.`].join("\n");
  });
}
