/**
 * Asks each runtime whose tool is on npm what it sees of a project that stet wrote.
 *
 *     npm run test:runtimes [-- <runtime>...]
 *
 * Installs the tools into a temporary folder (some 1.5 GB), without their install scripts; runs them without a
 * login, with a home folder of their own, and with every proxy pointed at nothing. What a tool is expected to
 * list is what `stet status` says of it: an artifact that is in-sync or native there is shown once. Says aloud
 * what cannot be asked. Ends with 1 where a tool sees something else. Not part of CI: the tools are large.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runtimes } from "../../../src/runtimes/table/table.ts";
import { type Listing, type LiveTool, liveTools, notOnNpm } from "./listings.ts";
import { liveSample } from "./live-sample.ts";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ""}`;

interface Row {
  readonly kind: string;
  readonly name: string;
  readonly target: string;
  readonly state: string;
  readonly reason: string;
}

const asked = process.argv.slice(2);
const tools = liveTools.filter(({ runtime }) => asked.length === 0 || asked.includes(runtime));
const folder = mkdtempSync(join(tmpdir(), "stet-runtimes-"));
try {
  process.exitCode = main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function main(): number {
  install(tools.flatMap(({ packages }) => packages));
  const rows = writtenProject(tools.map(({ runtime }) => runtime));
  const disagreements = tools.flatMap((tool) => ask(tool, rows));
  for (const { id, title } of runtimes) {
    const why = notOnNpm[id];
    if (why !== undefined && asked.length === 0) process.stdout.write(`NOT ASKED  ${title}: ${why}\n`);
  }
  const silent = runtimes.filter(
    ({ id }) => !(id in notOnNpm) && !liveTools.some(({ runtime }) => runtime === id),
  );
  for (const { title } of silent)
    disagreements.push(`${title} is in the table, and nothing says how to ask it`);
  for (const line of disagreements) process.stdout.write(`DISAGREES  ${line}\n`);
  return disagreements.length === 0 ? 0 : 1;
}

function install(packages: readonly string[]): void {
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...packages], folder, process.env);
  for (const name of packages) {
    const told = run("npm", ["ls", name, "--json"], folder, process.env);
    process.stdout.write(`installed  ${name} ${/"version": "([^"]+)"/.exec(told)?.[1] ?? "?"}\n`);
  }
}

/** A project with one artifact of each kind, carried to all the runtimes; what stet says of each there. */
function writtenProject(ids: readonly string[]): readonly Row[] {
  const project = join(folder, "project");
  mkdirSync(join(folder, "home"));
  for (const { home = {} } of tools) write(join(folder, "home"), home);
  write(project, liveSample);
  run("git", ["init", "-q", "."], project, process.env);
  run("npm", ["run", "--silent", "build"], repository, process.env);
  const stet = (...words: string[]) =>
    run(process.execPath, [join(repository, "bin/stet.mjs"), ...words], project, ownEnvironment({}));
  stet("init", "--yes", "--root", ".agents");
  for (const id of ids) stet("config", "add-target", id);
  stet("sync");
  const status: { data: { rows: readonly Row[] } } = JSON.parse(stet("status", "--all", "--json"));
  return status.data.rows;
}

function write(place: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    writeFileSync(join(place, name), text);
  }
}

/** What the tool lists otherwise than stet says, each as a line. */
function ask(tool: LiveTool, rows: readonly Row[]): string[] {
  const mine = rows.filter(({ target }) => target === `${tool.runtime}:project`);
  const wrong: string[] = [];
  for (const listing of tool.listings) {
    const printed = answerTo(listing);
    for (const kind of listing.kinds) {
      const names = listing.names(printed, kind);
      for (const row of mine.filter((one) => one.kind === kind)) {
        const times = names.filter((name) => name === row.name).length;
        const isThere = row.state === "in-sync" || row.state === "native";
        process.stdout.write(
          `${tool.runtime.padEnd(9)}  ${kind}/${row.name}: listed ${times} times, and stet says ${row.state}\n`,
        );
        if (times === (isThere ? 1 : 0)) continue;
        wrong.push(
          `${tool.runtime} lists ${kind}/${row.name} ${times} times; stet: ${row.state}, ${row.reason}`,
        );
      }
    }
  }
  for (const { kind, why } of tool.silent)
    process.stdout.write(`NOT ASKED  ${tool.runtime} ${kind}: ${why}\n`);
  return wrong;
}

function answerTo({ command, variables = {}, on = "stdout" }: Listing): string {
  const [program = "", ...words] = command;
  const tool = join(folder, "node_modules", program);
  return run(tool, words, join(folder, "project"), ownEnvironment(variables), on);
}

/** Nothing of the caller's but PATH: no token, no home, and no way to the network by a proxy. */
function ownEnvironment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const nowhere = "http://127.0.0.1:9";
  const proxies = { HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, ALL_PROXY: nowhere };
  const home = join(folder, "home");
  return { PATH: path, HOME: home, STET_HOME: join(folder, "store"), NO_COLOR: "1", ...proxies, ...more };
}

/** What a program printed. That it ends with an error is no matter: without a login most do. */
function run(
  program: string,
  words: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  from: "stdout" | "stderr" = "stdout",
): string {
  const told = spawnSync(program, words, {
    cwd,
    env,
    encoding: "utf8",
    input: "",
    timeout: 300_000,
    maxBuffer: 1 << 28,
  });
  if (told.error !== undefined) throw told.error;
  return told[from];
}
