import { unpin } from "../../app/pin.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { doneLine } from "../render/done-line.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "<name>", summary: "the pin to remove", completes: "pin" }],
  options: [],
  examples: [
    { cmd: "stet unpin before-the-sale", summary: "the state may be pruned again, when its time comes" },
  ],
  about: "",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const name = call.input.needed(0, "name");
  const answer = await unpin(call.environment, { ...call.options, name });
  return outcomeOf(answer, (screen) => doneLine(screen, `Removed the pin ${name}`, answer.data.operation));
}
