import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Command, node, plainVariables } from "./command.ts";

/** A program of children/ as a command, to be run by itself or under strace. */
export function childCommand(name: string, ...words: readonly string[]): Command {
  return node("--disable-warning=ExperimentalWarning", childFile(name), ...words);
}

/** Starts a program of children/ beside this one; resolves to what it printed, as JSON. */
export function startChild(name: string, ...words: readonly string[]): Promise<unknown> {
  const program = ["--disable-warning=ExperimentalWarning", childFile(name), ...words];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, program, { env: plainVariables() }, (error, output, errors) => {
      if (error === null) resolve(JSON.parse(output));
      else reject(new Error(`${name}: ${error.message} ${errors.slice(-2000)}`));
    });
  });
}

function childFile(name: string): string {
  return fileURLToPath(new URL(`children/${name}.ts`, import.meta.url));
}

/** Reads a list of numbers that a child printed. Throws a TypeError on anything else. */
export function readNumbers(value: unknown): readonly number[] {
  if (Array.isArray(value) && value.every((one) => typeof one === "number")) return value;
  throw new TypeError("a child printed no numbers");
}
