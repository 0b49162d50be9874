import { Command, CommanderError, Option } from "commander";
import type { CommandSpec, OptionSpec } from "./command-spec.ts";
import { globalOptions } from "./global-options.ts";
import { Input, type OptionValue } from "./input.ts";
import { usageError } from "./usage-error.ts";

/** Reads the words after a command's name by its spec. Throws E-USAGE where they do not fit. */
export function parseInput(name: string, spec: CommandSpec, words: readonly string[]): Input {
  const parser = new Command(name)
    .exitOverride()
    .helpOption(false)
    .allowExcessArguments(false)
    .configureOutput({ writeErr: () => {}, writeOut: () => {} });
  for (const one of spec.arguments) parser.argument(one.name, one.summary);
  for (const one of [...spec.options, ...globalOptions]) parser.addOption(parserOption(one));
  try {
    parser.parse([...words], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw notUnderstood(name, error.message);
  }
  return new Input(parser.args, readOptions(parser.opts()));
}

function parserOption(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.summary);
  if (spec.choices !== undefined) option.choices(spec.choices);
  if (spec.count) option.argParser(readCount);
  if (spec.repeat) {
    option.argParser((value: string, before: unknown) => [...(Array.isArray(before) ? before : []), value]);
  }
  return option;
}

function readCount(value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw usageError(`"${value}" is not a count.`, "A whole number from 1 is needed there.");
}

function readOptions(parsed: Readonly<Record<string, unknown>>): Readonly<Record<string, OptionValue>> {
  const options: Record<string, OptionValue> = {};
  for (const [name, value] of Object.entries(parsed)) {
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      options[name] = value;
    else if (Array.isArray(value)) options[name] = value.map(String);
  }
  return options;
}

function notUnderstood(name: string, message: string) {
  const [first = "", ...rest] = message.replace(/^error: /, "").split("\n");
  const suggestion = rest.join(" ").replace(/^\(|\)$/g, "");
  const why = `${first.charAt(0).toUpperCase()}${first.slice(1)}.${suggestion === "" ? "" : ` ${suggestion}`}`;
  return usageError(`"stet ${name}" could not be understood.`, why, [
    { cmd: `stet ${name} --help`, summary: "see what it takes" },
  ]);
}
