import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { createArtifact } from "../../app/create.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { changeOutcome } from "../render/change-outcome.ts";
import { usageError } from "../usage-error.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "<artifact>", summary: "its kind and name, such as skill/pdf or command/git/commit" }],
  options: [
    { flags: "--from <file>", summary: "take its text from this file; - reads standard input" },
    { flags: "-m, --message <text>", summary: "what it is for, in your words" },
  ],
  examples: [
    { cmd: "stet new skill/pdf", summary: "start a skill from a template" },
    { cmd: "stet new rule/testing --from notes.md", summary: "make a rule of a file" },
  ],
  about: "",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const artifact = call.input.needed(0, "artifact");
  const content = await textFrom(call, call.input.text("from"));
  const answer = await createArtifact(call.environment, {
    ...call.options,
    ...withoutAbsent({ content, message: call.input.text("message") }),
    artifact,
  });
  return outcomeOf(answer, (screen) =>
    changeOutcome(screen, answer.data, { done: "Created", implies: "new", nothing: "Nothing was created." }),
  );
}

async function textFrom(call: Call, source: string | undefined): Promise<string | undefined> {
  if (source === undefined) return undefined;
  if (source === "-") return await call.terminal.readInput();
  try {
    return await readFile(resolve(call.environment.workingFolder, source), "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw usageError(`"${source}" could not be read.`, why, [], source);
  }
}
