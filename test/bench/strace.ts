import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Command, run } from "./command.ts";

/** Calls that make bytes durable. */
const syncCalls = "fsync,fdatasync,sync_file_range,syncfs,msync";
/** A name that is nowhere: looking for it marks a point in the trace. */
export const tracedMarks = { begin: "/stet-bench-begin", end: "/stet-bench-end" } as const;

/** Only the traced calls stop a program (seccomp), so that the rest runs at its own speed. */
const quietly = ["strace", "-f", "--seccomp-bpf", "-qq"];

/** Runs what follows with 2 ms more for each fsync. */
export const delayingWords: readonly string[] = [
  ...quietly,
  ...["-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:delay_enter=2000"],
];

/** Null where strace works here, else why not. */
export function straceProblem(): string | null {
  const answer = spawnSync("strace", [...quietly.slice(1), "-o", "/dev/null", "-e", "trace=fsync", "true"]);
  if (answer.status === 0) return null;
  return `strace is not to be had here (${answer.error?.message ?? String(answer.stderr).trim()})`;
}

/** How often a command made bytes durable, counted from outside: in all, and between its two marks. */
export function countSyncs(
  command: Command,
  folder: string,
): { readonly all: number; readonly marked: number } {
  const trace = join(folder, "trace");
  const words = [...quietly, "-o", trace, "-e", `trace=${syncCalls},access,faccessat,faccessat2`];
  run([{ ...command, words: [...words, ...command.words] }]);
  const lines = readFileSync(trace, "utf8").split("\n");
  rmSync(trace);
  const isSync = (line: string) => /^\d+ +(fsync|fdatasync|sync_file_range|syncfs|msync)\(/.test(line);
  const from = lines.findIndex((line) => line.includes(tracedMarks.begin));
  const to = lines.findIndex((line) => line.includes(tracedMarks.end));
  return { all: lines.filter(isSync).length, marked: lines.slice(from + 1, to).filter(isSync).length };
}
