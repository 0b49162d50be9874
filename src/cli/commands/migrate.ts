import { type MigrateData, migrate } from "../../app/migrate.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { changeOutcome } from "../render/change-outcome.ts";
import { columns } from "../render/columns.ts";
import { findingLines } from "../render/finding-lines.ts";
import { glyph } from "../render/glyph.ts";
import type { Screen } from "../screen.ts";

export const spec: CommandSpec = {
  takesMany: true,
  arguments: [
    {
      name: "[place...]",
      summary: "a file of another tool, or a folder with one; without any, this project's",
    },
  ],
  options: [{ flags: "--dry-run", summary: "show what would be taken over, and take nothing" }],
  examples: [
    { cmd: "stet migrate --dry-run", summary: "see where the artifacts of this project came from" },
    { cmd: "stet migrate ~/.claude/plugins", summary: "take over the plugins of Claude Code" },
    { cmd: "stet migrate ~/.skillmeat/collections/default", summary: "move here from SkillMeat" },
  ],
  about:
    "Reads apm.yml, what gh skill noted in a skill, the plugins of Claude Code and a SkillMeat collection. Where each artifact came from goes into manifest and lock, and edits made since stay. The other tool's files are only read.",
};

export async function run({ input, environment, options }: Call): Promise<CommandOutcome> {
  const dryRun = input.flag("dry-run");
  const answer = await migrate(environment, { ...options, places: input.words, dryRun });
  return outcomeOf(answer, (screen) => shown(screen, answer.data, dryRun));
}

function shown(screen: Screen, data: MigrateData, isPlan: boolean): string {
  const migrated = columns(
    screen,
    data.migrated.map(({ artifact, state, source }) => [
      { text: artifact, tone: "strong" },
      { text: state, tone: state === "edited" ? "warn" : "new" },
      { text: source ?? "your own from now on", tone: "quiet" },
    ]),
    "  ",
  );
  const left = columns(
    screen,
    data.left.map(({ what, why }) => [
      { text: `${glyph(screen, "none")} left`, tone: "warn" },
      { text: what },
      { text: why, tone: "quiet" },
    ]),
    "  ",
  );
  const powers = data.migrated.flatMap(({ artifact, findings }) => findingLines(screen, artifact, findings));
  const head = isPlan
    ? data.migrated.length === 0
      ? "Nothing would be taken over."
      : "Would be taken over:"
    : changeOutcome(screen, data, { done: "Took over", nothing: "Nothing was taken over." });
  return [head, ...migrated, ...left, ...powers].join("\n");
}
