import { log } from "../../app/log.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { operationLines } from "../render/operation-lines.ts";

const operationsShown = 20;

export const spec: CommandSpec = {
  arguments: [{ name: "[artifact]", summary: "only what touched this one", completes: "artifact" }],
  options: [
    { flags: "-n, --number <count>", summary: `how many (${operationsShown} if not given)`, count: true },
    { flags: "--before <operation>", summary: "only those before this one" },
  ],
  examples: [
    { cmd: "stet log", summary: "the latest changes, newest first" },
    { cmd: "stet log skill/pdf -n 5", summary: "who changed that skill lately" },
  ],
  about:
    "Each line names the operation, when, who (person, runtime, agent, model, session; claimed or verified) and what changed.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input, environment, options } = call;
  const answer = await log(environment, {
    ...options,
    ...withoutAbsent({ artifact: input.word(0), before: input.text("before") }),
    limit: input.count("number") ?? operationsShown,
  });
  const { operations } = answer.data;
  return outcomeOf(answer, (screen) =>
    operations.length === 0 ? "No changes yet." : operationLines(screen, operations),
  );
}
