import { scopes } from "../app/environment.ts";
import type { OptionSpec } from "./command-spec.ts";

/** Options that every command takes, before or after its name. */
export const globalOptions: readonly OptionSpec[] = [
  { flags: "-C <folder>", summary: "work as if called in this folder" },
  { flags: "--json", summary: "print one JSON object in place of text" },
  { flags: "-y, --yes", summary: "accept the plan as shown, without asking; it never chooses a side" },
  { flags: "--scope <scope>", summary: "which collection is meant", choices: scopes },
  { flags: "--user", summary: "the same as --scope user" },
  { flags: "--local", summary: "the same as --scope local" },
  { flags: "--actor <name>", summary: "who makes the change" },
  { flags: "--agent <id>", summary: "the agent that makes it" },
  { flags: "--model <id>", summary: "the model behind that agent" },
  { flags: "--session <id>", summary: "the session it works in" },
  { flags: "--reason <text>", summary: "why, kept with the operation" },
  { flags: "--no-input", summary: "never ask, also on a terminal" },
  { flags: "--color <when>", summary: "colour the output", choices: ["auto", "always", "never"] },
  { flags: "--debug", summary: "show the stack of an unexpected error" },
  { flags: "-h, --help", summary: "show help: -h in short, --help in full" },
];

/** Of the commands that show a collection as it is, or as it was. */
export const asOfOption: OptionSpec = {
  flags: "--at <id|time>",
  summary: "as of an operation, commit, pin, branch or time (now, if not given)",
};

/** The words under which an option can be typed: `-y, --yes` gives `-y` and `--yes`. */
export function optionWords(option: OptionSpec): readonly string[] {
  return option.flags.split(/[ ,]+/).filter((word) => word.startsWith("-"));
}

/** Whether the option is followed by a value. */
export function takesValue(option: OptionSpec): boolean {
  return /[<[]/.test(option.flags);
}
