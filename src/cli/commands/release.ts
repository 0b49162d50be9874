import { release } from "../../app/release.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { doneLine } from "../render/done-line.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "<artifact>", summary: "which one", completes: "artifact" }],
  options: [{ flags: "--target <runtime>", summary: "only there; may be repeated", repeat: true }],
  examples: [
    { cmd: "stet release skill/pdf --target cursor", summary: "leave Cursor's copy to you from now on" },
  ],
  about:
    "Stops managing an artifact at runtimes. The files stay there as they are; stet adopt takes them up again.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input, environment, options } = call;
  const artifact = input.needed(0, "artifact");
  const answer = await release(environment, {
    ...options,
    ...withoutAbsent({ targets: input.list("target"), reason: input.text("reason") }),
    artifact,
  });
  const done = `${artifact} is yours there; nothing was removed`;
  return outcomeOf(answer, (screen) => doneLine(screen, done, answer.data.operation));
}
