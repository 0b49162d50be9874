import { collectGarbage } from "../../app/collect-garbage.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { counted } from "../render/counted.ts";
import { doneLine } from "../render/done-line.ts";
import { shownBytes } from "../render/shown-bytes.ts";

export const spec: CommandSpec = {
  arguments: [],
  options: [],
  examples: [{ cmd: "stet gc", summary: "pack old versions together" }],
  about: "Nothing that can be read now goes. Others may read and save meanwhile.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await collectGarbage(call.environment, call.options);
  const { objects, bytesBefore, bytesAfter } = answer.data;
  return outcomeOf(answer, (screen) => {
    if (objects === 0) return "Nothing to pack.";
    const sizes = `${shownBytes(bytesBefore)} became ${shownBytes(bytesAfter)}`;
    return doneLine(screen, `Packed ${counted(objects, "object")}: ${sizes}`, null);
  });
}
