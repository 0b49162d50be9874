import { initialise } from "../../app/init.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { counted } from "../render/counted.ts";
import { glyph } from "../render/glyph.ts";
import { paint } from "../render/paint.ts";
import { planLines } from "../render/plan-lines.ts";
import { shortId } from "../render/short-id.ts";
import { shownFolder } from "../render/shown-folder.ts";
import type { Screen } from "../screen.ts";

export const spec: CommandSpec = {
  takesMany: true,
  arguments: [],
  options: [
    { flags: "--root <folder>", summary: "the folder that holds the canonical files: .agents or .claude" },
    { flags: "--name <name>", summary: "the collection's name" },
    { flags: "--hooks", summary: "let the runtimes tell stet which agent wrote what; alone, add only that" },
    {
      flags: "--adopt <tool>",
      summary: "take over what another tool keeps: its name (rulesync), an artifact (skill/pdf), or all",
      repeat: true,
    },
    { flags: "--dry-run", summary: "show the plan and write nothing" },
    {
      flags: "--fork",
      summary: "where the folder carries another collection's id, begin a history of its own",
    },
  ],
  examples: [
    { cmd: "stet init", summary: "show the plan, then ask" },
    { cmd: "stet init --yes", summary: "accept the plan as shown" },
    { cmd: "stet init --user", summary: "the same for your own ~/.agents" },
  ],
  about:
    "Finds the files that steer your agents and imports them as version 1. Nothing is written before the plan is confirmed, and nothing outside the project, except with --user.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input, environment, options } = call;
  const asked = {
    ...options,
    ...withoutAbsent({
      root: input.text("root"),
      name: input.text("name"),
      adopt: input.list("adopt"),
    }),
    user: input.flag("user"),
    fork: input.flag("fork"),
    hooks: input.flag("hooks"),
    dryRun: input.flag("dryRun"),
  };
  const answer = await initialise(environment, asked);
  const { data } = answer;
  return outcomeOf(answer, (screen) => {
    // Whoever was asked has seen the plan above the question.
    const wasAsked = options.confirm !== undefined && !input.flag("dryRun");
    if (!data.written)
      return [...(wasAsked ? [] : [planLines(screen, data.plan)]), "Nothing was written."].join("\n");
    return importedLines(screen, data, shownFolder(environment, data.root));
  });
}

type Imported = Awaited<ReturnType<typeof initialise>>["data"];

function importedLines(screen: Screen, data: Imported, root: string): string {
  const kinds = Object.entries(data.imported).filter(([, count]) => count > 0);
  const what =
    kinds.length === 0 ? "nothing yet" : kinds.map(([kind, count]) => counted(count, kind)).join(", ");
  const done = paint(screen, "good", glyph(screen, "done"));
  const operation = data.operation === null ? "" : `  ${paint(screen, "quiet", shortId(data.operation))}`;
  return `${done} Imported ${what} into ${root} (collection ${data.collection})${operation}`;
}
