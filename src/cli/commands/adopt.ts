import { adopt } from "../../app/release.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { changeOutcome } from "../render/change-outcome.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "<artifact>", summary: "which one", completes: "artifact" }],
  options: [{ flags: "--target <runtime>", summary: "only there; may be repeated", repeat: true }],
  examples: [
    { cmd: "stet adopt skill/pdf --target cursor", summary: "take what lies only at Cursor into the store" },
  ],
  about:
    "Manages a file that only a runtime has, or one that was released: it is taken into the store and carried from there. Where both sides have it and differ, both are kept and it is asked.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input, environment, options } = call;
  const answer = await adopt(environment, {
    ...options,
    ...withoutAbsent({ targets: input.list("target"), reason: input.text("reason") }),
    artifact: input.needed(0, "artifact"),
  });
  const words = { done: "Adopted", nothing: "It is managed; both sides are the same." };
  return outcomeOf(answer, (screen) => changeOutcome(screen, answer.data, words));
}
