import { outdated } from "../../app/outdated.ts";
import { type UpdateInput, update } from "../../app/update.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { changeOutcome } from "../render/change-outcome.ts";
import { updateTable } from "../render/update-table.ts";
import { usageError } from "../usage-error.ts";

const strategies = ["merge", "upstream", "local", "ask"] as const;

export const spec: CommandSpec = {
  takesMany: true,
  arguments: [{ name: "[artifact...]", summary: "only these", completes: "artifact" }],
  options: [
    {
      flags: "--strategy <strategy>",
      summary: "merge with your edits; take upstream's; keep yours (local); ask for each spot",
      choices: strategies,
    },
    { flags: "-i, --interactive", summary: "choose which, with the space bar" },
    { flags: "--dry-run", summary: "show the plan and write nothing" },
  ],
  examples: [
    { cmd: "stet update", summary: "take in all updates that nobody has to look at first" },
    { cmd: "stet update skill/pdf --dry-run", summary: "see what one would do" },
    { cmd: "stet update -i", summary: "choose among them" },
  ],
  about:
    "A three-way merge from the version that was installed: your edits stay, and what overlaps becomes a conflict while all else goes through. What needs a look for its safety is never part of it: stet audit shows it.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input, environment, options } = call;
  const strategy = strategies.find((one) => one === input.text("strategy"));
  const artifacts = input.flag("interactive") ? await chosen(call) : namedOf(input.words);
  const asked: UpdateInput = {
    ...options,
    ...withoutAbsent({ strategy, artifacts }),
    dryRun: input.flag("dryRun"),
  };
  const answer = await update(environment, asked);
  const { data } = answer;
  return outcomeOf(answer, (screen) => {
    const shown = data.updates.filter((one) => one.state !== "current" || input.words.length > 0);
    const table = shown.length === 0 ? [] : [updateTable(screen, shown)];
    const done = input.flag("dryRun")
      ? "Nothing was written."
      : changeOutcome(screen, data, { done: "Updated", nothing: "Nothing was updated." });
    return [...table, done].join("\n");
  });
}

function namedOf(words: readonly string[]): readonly string[] | undefined {
  return words.length === 0 ? undefined : words;
}

async function chosen({ environment, options, input, terminal }: Call): Promise<readonly string[]> {
  if (terminal.choose === undefined)
    throw usageError("There is nobody to choose.", "-i needs a terminal.", [
      { cmd: "stet update --dry-run", summary: "see what there is, then name it" },
    ]);
  const artifacts = namedOf(input.words);
  const { data } = await outdated(environment, { ...options, ...withoutAbsent({ artifacts }) });
  const offered = data.updates.filter((one) => ["ready", "merges", "asks", "waiting"].includes(one.state));
  if (offered.length === 0)
    throw usageError("There is nothing to choose from.", "No update can be taken in now.");
  return await terminal.choose(
    "Which are taken in?",
    offered.map((one) => ({ value: one.artifact, label: one.artifact, hint: `${one.state}: ${one.reason}` })),
  );
}
