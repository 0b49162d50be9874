/**
 * `npm run bench` runs every program of jobs/ one after the other and prints the table; `npm run bench -- <name>...`
 * only those. Each is a process of its own, so that none inherits another's memory. Ratios are against a peer in the
 * same run; nothing here fails because something was slow, only because a job was not done right.
 */
import { fork } from "node:child_process";
import { readdirSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { type Row, readRows } from "./report.ts";

const jobs = fileURLToPath(new URL("jobs/", import.meta.url));
const known = readdirSync(jobs)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => basename(name, ".ts"))
  .sort();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`no program ${unknown.join(", ")}; there are: ${known.join(", ")}\n`);
  process.exit(2);
}

const rows: Row[] = [];
const failed: string[] = [];
for (const name of asked.length > 0 ? asked : known) {
  process.stdout.write(`\n--- ${name}\n`);
  if (!(await runJob(name))) failed.push(name);
}
process.stdout.write(`\n${table(rows)}\n`);
if (failed.length > 0) {
  process.stdout.write(`\nnot done: ${failed.join(", ")}\n`);
  process.exitCode = 1;
}

function runJob(name: string): Promise<boolean> {
  const child = fork(`${jobs}${name}.ts`, { execArgv: ["--disable-warning=ExperimentalWarning"] });
  child.on("message", (message) => rows.push(...readRows(message)));
  return new Promise((resolve) => child.on("close", (code) => resolve(code === 0)));
}

function table(lines: readonly Row[]): string {
  const machine = `Node ${process.version}, ${process.platform}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB; medians, in brackets the range`;
  const header = "| job | measured | goal | reached |\n|---|---|---|---|";
  const body = lines.map(({ job, measured, goal, reached }) => {
    const verdict = reached === null ? "" : reached ? "yes" : "**no**";
    return `| ${job} | ${measured} | ${goal} | ${verdict} |`;
  });
  return [machine, "", header, ...body].join("\n");
}
