import { show } from "../../app/show.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { fileDiffs } from "../render/file-diffs.ts";
import { operationInFull } from "../render/operation-lines.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "<operation>", summary: "its id; 8 letters are enough", completes: "operation" }],
  options: [],
  examples: [{ cmd: "stet show op_4k2m9qxz", summary: "who, when, why, and the difference that it made" }],
  about: "",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await show(call.environment, { ...call.options, id: call.input.needed(0, "operation") });
  const { operation, files } = answer.data;
  return outcomeOf(answer, (screen) =>
    [operationInFull(screen, operation), ...(files.length > 0 ? ["", fileDiffs(screen, files)] : [])].join(
      "\n",
    ),
  );
}
