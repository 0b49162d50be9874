import { releaseUpstream } from "../../app/hold-upstream.ts";
import { unpin } from "../../app/pin.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { doneLine } from "../render/done-line.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "<name>", summary: "the pin to remove, or the artifact to let go", completes: "pin" }],
  options: [],
  examples: [
    { cmd: "stet unpin before-the-sale", summary: "the state may be pruned again, when its time comes" },
    { cmd: "stet unpin skill/pdf", summary: "the artifact follows its upstream again" },
  ],
  about: "",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const name = call.input.needed(0, "name");
  if (name.includes("/")) {
    const freed = await releaseUpstream(call.environment, { ...call.options, artifact: name });
    return outcomeOf(freed, (screen) =>
      doneLine(screen, `${name} follows its upstream`, freed.data.operation),
    );
  }
  const answer = await unpin(call.environment, { ...call.options, name });
  return outcomeOf(answer, (screen) => doneLine(screen, `Removed the pin ${name}`, answer.data.operation));
}
