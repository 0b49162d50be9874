import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { delayingWords } from "./strace.ts";

/** One program to run, from the outside. */
export interface Command {
  readonly words: readonly string[];
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
}

const bin = fileURLToPath(new URL("../../bin/stet.mjs", import.meta.url));
const answerBytesMax = 256 * 1024 * 1024;

/** The built `stet`, with a home of its own, on a project. */
export function stet(home: string, project: string, ...words: readonly string[]): Command {
  mkdirSync(home, { recursive: true });
  const variables = { ...plainVariables(), HOME: home, STET_HOME: join(home, "stet") };
  return { words: [process.execPath, bin, "-C", project, ...words], folder: home, variables };
}

/** This Node itself, as the floor of every command. */
export function node(...words: readonly string[]): Command {
  return { words: [process.execPath, ...words], folder: process.cwd(), variables: plainVariables() };
}

/** What a program needs of this process's environment. A person's or an agent's own settings stay out. */
export function plainVariables(): Record<string, string> {
  const variables: Record<string, string> = { LOGNAME: "bench" };
  for (const name of ["PATH", "TMPDIR"]) {
    const value = process.env[name];
    if (value !== undefined) variables[name] = value;
  }
  return variables;
}

export interface Ran {
  readonly seconds: number;
  readonly output: string;
}

/**
 * Runs commands one after the other and gives the time from start to end. With `delayed` every fsync takes 2 ms
 * more (strace). Throws where one fails: a job that was not done has no time.
 */
export function run(commands: readonly Command[], options: { readonly delayed?: boolean } = {}): Ran {
  const prefix = options.delayed === true ? delayingWords : [];
  let output = "";
  const begin = performance.now();
  for (const { words, folder, variables } of commands) {
    const [program = "", ...rest] = [...prefix, ...words];
    const answer = spawnSync(program, rest, {
      cwd: folder,
      env: variables,
      encoding: "utf8",
      maxBuffer: answerBytesMax,
    });
    if (answer.status !== 0) {
      const why = answer.error?.message ?? `${answer.stderr}${answer.stdout}`.slice(-2000);
      throw new Error(`${words.join(" ")} ended with ${answer.status}: ${why}`);
    }
    output += answer.stdout;
  }
  return { seconds: (performance.now() - begin) / 1000, output };
}

/** Lets what earlier work left in memory reach the disk, so that the next one to fsync does not pay for it. */
export function settleDisk(): void {
  spawnSync("sync");
}
