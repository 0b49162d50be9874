import type { CommandEntry, CommandSpec, OptionSpec } from "./command-spec.ts";
import { commandGroups, commandTable } from "./command-table.ts";
import { globalOptions } from "./global-options.ts";
import { columns } from "./render/columns.ts";
import { paint } from "./render/paint.ts";
import type { Screen } from "./screen.ts";

/** `stet --help`: every command with one line, by what one wants to do. */
export function overview(screen: Screen, full: boolean): string {
  const lines = [
    `${paint(screen, "strong", "stet")}: every version of the files that steer your agents, kept and attributed.`,
    "",
    "  stet init      find what is here and show a plan; nothing is written before you agree",
    "  stet status    what differs, and which side moved",
    "  stet undo      take the last change back",
  ];
  for (const [group, title] of Object.entries(commandGroups)) {
    const entries = commandTable.filter((entry) => entry.group === group);
    if (entries.length === 0) continue;
    lines.push("", paint(screen, "strong", title));
    lines.push(
      ...columns(
        screen,
        entries.map((entry) => [{ text: entry.name.padEnd(10) }, { text: entry.summary }]),
        "  ",
      ),
    );
  }
  if (full)
    lines.push(
      "",
      paint(screen, "strong", "Options of every command"),
      ...optionLines(screen, globalOptions),
    );
  lines.push(
    "",
    "Help with one command: stet <command> --help",
    "What an error code means: stet explain <code>",
  );
  return lines.join("\n");
}

/** `stet <command> -h` shows usage and examples; `--help` also what it is about, and the options of every command. */
export function commandHelp(screen: Screen, entry: CommandEntry, spec: CommandSpec, full: boolean): string {
  const lines = [`${paint(screen, "strong", `stet ${entry.name}`)}: ${entry.summary}`, ""];
  if (spec.examples.length > 0) {
    const rows = spec.examples.map((one) => [{ text: one.cmd, tone: "new" as const }, { text: one.summary }]);
    lines.push(...columns(screen, rows, "  "), "");
  }
  lines.push(`${paint(screen, "strong", "Usage")}  ${usageLine(entry.name, spec)}`);
  if (spec.arguments.length > 0) {
    lines.push(
      "",
      ...columns(
        screen,
        spec.arguments.map((one) => [{ text: one.name }, { text: one.summary }]),
        "  ",
      ),
    );
  }
  if (spec.options.length > 0) lines.push("", ...optionLines(screen, spec.options));
  if (!full) return [...lines, "", `More: stet ${entry.name} --help`].join("\n");
  if (spec.about !== "") lines.push("", spec.about);
  lines.push("", paint(screen, "strong", "Options of every command"), ...optionLines(screen, globalOptions));
  return lines.join("\n");
}

export function usageLine(name: string, spec: CommandSpec): string {
  const parts = ["stet", name, ...spec.arguments.map((one) => one.name)];
  if (spec.options.length > 0) parts.push("[options]");
  return parts.join(" ");
}

function optionLines(screen: Screen, options: readonly OptionSpec[]): string[] {
  return columns(
    screen,
    options.map((option) => [{ text: option.flags }, { text: optionSummary(option) }]),
    "  ",
  );
}

/** The summary of an option, with the values that it takes. */
export function optionSummary(option: OptionSpec): string {
  return option.choices === undefined ? option.summary : `${option.summary} (${option.choices.join(", ")})`;
}
