import { repair } from "../../app/repair.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { counted } from "../render/counted.ts";
import { doneLine } from "../render/done-line.ts";
import { visibleLine } from "../render/visible-text.ts";

export const spec: CommandSpec = {
  takesMany: true,
  arguments: [],
  options: [],
  examples: [{ cmd: "stet repair", summary: "salvage what is intact, refill what is found elsewhere" }],
  about:
    "Only a store with problems is touched, and the damaged file is kept beside the new one. Backups, the project's own files and its runtimes' copies are looked through for what is missing.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await repair(call.environment, call.options);
  const { repaired, refilled, lost, tables, damaged, problems } = answer.data;
  const extra = problems.length > 0 ? { exit: 1 } : {};
  const shown: CommandOutcome["shown"] = (screen) => {
    if (!repaired) return "Nothing to repair.";
    const saved = tables.reduce((sum, table) => sum + table.saved, 0);
    const unreadable = tables.reduce((sum, table) => sum + table.unreadable, 0);
    return [
      doneLine(screen, `Saved ${counted(saved, "row")}, refilled ${counted(refilled, "content")}`, null),
      ...(unreadable > 0 ? [`  ${counted(unreadable, "row")} could not be read`] : []),
      ...lost.map((id) => `  lost: ${id}`),
      ...(damaged === null ? [] : [`  the damaged store lies at ${visibleLine(damaged)}`]),
    ].join("\n");
  };
  return outcomeOf(answer, shown, extra);
}
