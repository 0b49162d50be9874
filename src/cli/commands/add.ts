import { type AddData, add } from "../../app/add.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { changeOutcome } from "../render/change-outcome.ts";
import { columns } from "../render/columns.ts";
import { findingLines } from "../render/finding-lines.ts";
import type { Screen } from "../screen.ts";
import { usageError } from "../usage-error.ts";

export const spec: CommandSpec = {
  takesMany: true,
  arguments: [
    { name: "<source...>", summary: "a repository, folder, archive or package, with //path and #version" },
  ],
  options: [
    { flags: "--as <artifact>", summary: "what it is called here: skill/pdf" },
    { flags: "--list", summary: "show what the source holds, and take nothing" },
    { flags: "--all", summary: "take all of it" },
    { flags: "--files <pattern>", summary: "only these of its files; may be repeated", repeat: true },
  ],
  examples: [
    { cmd: "stet add owner/repository --list", summary: "see what a repository on GitHub holds" },
    { cmd: "stet add owner/repository/skills/pdf", summary: "take one skill of it" },
    {
      cmd: "stet add https://example.org/tools.git//agents/review.md#^1.2",
      summary: "of a range of versions",
    },
    { cmd: "stet add ../shared --all", summary: "take all of a folder, or of another collection" },
  ],
  about:
    "Files, manifest, lock and targets change in one operation. What comes is looked through first: hidden text, secrets and links out of it are refused, and what can act on your machine is shown and confirmed.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input, environment, options } = call;
  if (input.words.length === 0)
    throw usageError("The source is missing.", "An artifact comes from somewhere.");
  const answer = await add(environment, {
    ...options,
    sources: input.words,
    list: input.flag("list"),
    all: input.flag("all"),
    ...withoutAbsent({ as: input.text("as"), files: input.list("files") }),
  });
  return outcomeOf(answer, (screen) => shown(screen, answer.data, input.flag("list")));
}

function shown(screen: Screen, data: AddData, isList: boolean): string {
  if (isList) {
    if (data.offered.length === 0) return "It holds no artifact.";
    return columns(
      screen,
      data.offered.map((one) => [
        { text: one.artifact, tone: "strong" },
        { text: one.version ?? "", tone: "new" },
        { text: one.path, tone: "quiet" },
      ]),
    ).join("\n");
  }
  const powers = data.added.flatMap(({ artifact, findings }) => findingLines(screen, artifact, findings));
  const outcome = changeOutcome(screen, data, {
    done: "Added",
    implies: "new",
    nothing: "Nothing was added.",
  });
  return [outcome, ...powers].join("\n");
}
