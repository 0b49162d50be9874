import { errorCodes } from "../domain/error-codes.ts";
import type { CommandSpec, OptionSpec } from "./command-spec.ts";
import { commandGroups, commandTable } from "./command-table.ts";
import { globalOptions } from "./global-options.ts";
import { optionSummary, usageLine } from "./help.ts";

/** The text of docs/cli.md, made of what parser and help are made of. A test compares the two. */
export async function commandReference(): Promise<string> {
  const parts = [introduction];
  for (const [group, title] of Object.entries(commandGroups)) {
    const entries = commandTable.filter((entry) => entry.group === group);
    if (entries.length > 0) parts.push(`## ${title}`);
    for (const { name, summary, load } of entries)
      parts.push(commandSection(name, summary, (await load()).spec));
  }
  parts.push("## Options of every command", optionTable(globalOptions), exitCodes());
  return `${parts.join("\n\n")}\n`;
}

const introduction = `# The command line

This page is made from the table that the program itself uses; \`stet <command> --help\` says the same.

Data goes to standard output, everything else to standard error. With \`--json\` a command prints one object,
\`{schema, ok, data, notices, next}\`, or \`{schema, ok: false, error}\` with the error's code and its five slots:
what, where, why, kept, fixes. Without a terminal nothing is ever asked: what is safe is done, the rest waits,
and the exit code is 4.`;

function commandSection(name: string, summary: string, spec: CommandSpec): string {
  const parts = [`### stet ${name}`, `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`];
  if (spec.about !== "") parts.push(spec.about);
  parts.push(["```", usageLine(name, spec), "```"].join("\n"));
  const rows = [
    ...spec.arguments.map((one) => row(one.name, one.summary)),
    ...spec.options.map((one) => row(one.flags, optionSummary(one))),
  ];
  if (rows.length > 0) parts.push(["| | |", "|---|---|", ...rows].join("\n"));
  const examples = spec.examples.map((one) => `- \`${one.cmd}\`: ${one.summary}`);
  if (examples.length > 0) parts.push(examples.join("\n"));
  return parts.join("\n\n");
}

function optionTable(options: readonly OptionSpec[]): string {
  return ["| | |", "|---|---|", ...options.map((one) => row(one.flags, optionSummary(one)))].join("\n");
}

function row(term: string, text: string): string {
  return `| \`${term.replaceAll("|", "\\|")}\` | ${text.replaceAll("|", "\\|").replaceAll("<", "&lt;")} |`;
}

const exitMeanings: Readonly<Record<number, string>> = {
  0: "done, or nothing to do",
  1: "an error",
  2: "the command line was not understood",
  3: "changes exist (only with `--exit-code`)",
  4: "something waits for a decision; the safe part is done",
  5: "a plan or version is stale",
  6: "something is invalid, or holds a secret",
  7: "a lock was not free in time",
  8: "an upstream or the network failed",
  130: "interrupted",
};

function exitCodes(): string {
  const rows = Object.entries(exitMeanings).map(([exit, meaning]) => {
    const codes = Object.entries(errorCodes).filter(([, code]) => code.exit === Number(exit));
    return `| ${exit} | ${meaning} | ${codes.map(([code]) => `\`${code}\``).join(" ")} |`;
  });
  return ["## Exit codes", "", "| exit | meaning | error codes |", "|---|---|---|", ...rows].join("\n");
}
