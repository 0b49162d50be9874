/**
 * The gateway under load, asked over sockets by this process: durable saves of 64 clients beside the library's group
 * commit; how long a read takes while they write; what an idle server holds. Each save is checked on disk at the end.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { dirname, join } from "node:path";
import { childCommand, readNumbers } from "../bench-child.ts";
import { benchFolder } from "../bench-folder.ts";
import { run, stet } from "../command.ts";
import { type Row, report, shownNumber, shownSpread } from "../report.ts";
import { roundsMin } from "../rounds.ts";
import { spreadOf } from "../spread.ts";

const clients = 64;
const savesEach = 16;
const reads = 300;

using folder = benchFolder();
const agent = new Agent({ keepAlive: true, maxSockets: clients + 8 });
const home = join(folder.path, "home");
const project = join(folder.path, "project");
const fileOf = (client: number) => join(project, `.agents/skills/skill-${client}/SKILL.md`);
for (let client = 0; client < clients; client++) {
  mkdirSync(dirname(fileOf(client)), { recursive: true });
  writeFileSync(fileOf(client), `---\nname: skill-${client}\ndescription: One of many.\n---\n\n# Begin\n`);
}
run([stet(home, project, "init", "--yes")]);

interface Served {
  readonly child: ChildProcess;
  readonly url: string;
}

async function serve(): Promise<Served> {
  const { words, variables } = stet(home, project, "serve", "--port", "0");
  const [program = "", ...rest] = words;
  const child = spawn(program, rest, { env: variables, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  for await (const chunk of child.stderr ?? []) {
    said += String(chunk);
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
    if (url !== undefined) return { child, url };
  }
  throw new Error(`the server did not start: ${said}`);
}

async function stop({ child }: Served): Promise<void> {
  const ended = new Promise((resolve) => child.on("close", resolve));
  child.kill("SIGTERM");
  await ended;
}

function ask(url: string, method: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json" };
    const sent = request(url, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        if (response.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(`${method} ${url}: ${response.statusCode} ${text}`));
      });
    });
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Saves of all clients, each on its own skill, one after the other. Gives saves a second. */
async function saveAll(url: string, round: number): Promise<number> {
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      const path = `${url}/api/context/skills/skill-${client}`;
      let base = (await ask(path, "GET")).version;
      for (let save = 0; save < savesEach; save++) {
        const content = `---\nname: skill-${client}\ndescription: One of many.\n---\n\n# ${round} ${save}\n`;
        base = (await ask(path, "PUT", { content, base })).version;
      }
    }),
  );
  const rate = (clients * savesEach * 1000) / (performance.now() - begin);
  for (let client = 0; client < clients; client++) {
    const last = `# ${round} ${savesEach - 1}`;
    if (!readFileSync(fileOf(client), "utf8").includes(last)) throw new Error(`skill-${client} lost a save`);
  }
  return rate;
}

/** The 99th percentile of reads one after the other, in milliseconds, until `ended`, or of a number of them. */
async function readTime(url: string, ended: () => boolean): Promise<number> {
  const times: number[] = [];
  while (!ended() && times.length < reads) {
    const begin = performance.now();
    await ask(`${url}/api/context/skills/skill-0`, "GET");
    times.push(performance.now() - begin);
  }
  times.sort((one, other) => one - other);
  return times[Math.floor(times.length * 0.99)] ?? Number.NaN;
}

/** Memory that is the server's alone or shared, in megabytes; null where the system does not say. */
function memoryOf({ child }: Served): number | null {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  } catch {
    return null;
  }
}

const idle: number[] = [];
const rates: { ours: number; library: number; quiet: number; busy: number }[] = [];
for (let round = 0; round < roundsMin; round++) {
  const served = await serve();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const memory = memoryOf(served);
  if (memory !== null) idle.push(memory);
  const quiet = await readTime(served.url, () => false);
  let isDone = false;
  const saving = saveAll(served.url, round).finally(() => {
    isDone = true;
  });
  const busy = await readTime(served.url, () => isDone);
  const ours = await saving;
  await stop(served);
  const file = join(folder.path, `library-${round}/store.db`);
  const { output } = run(
    [childCommand("saving-child", file, "10", String(clients * savesEach), String(clients))],
    {},
  );
  const [, library = Number.NaN] = readNumbers(JSON.parse(output));
  rates.push({ ours, library, quiet, busy });
}
agent.destroy();

const median = (of: keyof (typeof rates)[number]) =>
  shownNumber(spreadOf(rates.map((one) => one[of])).median);
const rateRatio = spreadOf(rates.map(({ ours, library }) => ours / library));
const readRatio = spreadOf(rates.map(({ quiet, busy }) => busy / quiet));
const rows: Row[] = [
  {
    job: "durable saves over HTTP by the library's group commit, 64 clients, saves a second",
    measured: `${shownSpread(rateRatio)} x`,
    goal: "at least 0.7 x",
    reached: rateRatio.median >= 0.7,
    note: `${median("ours")} over HTTP, files put in place; ${median("library")} into the store alone`,
  },
  {
    job: "99th percentile of a read while 64 clients write, by that of an idle server",
    measured: `${shownSpread(readRatio)} x`,
    goal: "at most 5 x",
    reached: readRatio.median <= 5,
    note: `${median("busy")} ms while they write, ${median("quiet")} ms idle`,
  },
];
if (idle.length > 0) {
  const held = spreadOf(idle);
  rows.push({
    job: "memory of an idle server, MB",
    measured: shownSpread(held),
    goal: "at most 80",
    reached: held.median <= 80,
    note: "resident, a second after it began to serve",
  });
}
report(rows);
