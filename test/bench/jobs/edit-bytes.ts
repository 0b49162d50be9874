/** Bytes a version of 5,000 one-line edits of 4 KB documents, all tables counted, against git repacked. */
import { spawnSync } from "node:child_process";
import { lstatSync } from "node:fs";
import { join } from "node:path";
import { initialise } from "../../../src/app/init.ts";
import { save } from "../../../src/app/save.ts";
import type { BlobId } from "../../../src/domain/ids.ts";
import { blobId } from "../../../src/snapshot/hash.ts";
import { openStore } from "../../../src/store/sqlite/open-store.ts";
import type { Store } from "../../../src/store/store.ts";
import { makeWorld } from "../../app/fixture.ts";
import { systemClock, systemRandom } from "../../workspace/temporary-place.ts";
import { run } from "../command.ts";
import { git, gitInit } from "../git-peer.ts";
import { type Row, report, shownNumber } from "../report.ts";
import { filesIn } from "../same-bytes.ts";
import { fileBytes, lineOf, proseOf, randomFrom, skillName } from "../skill-files.ts";
import { quantile, spreadOf } from "../spread.ts";
import { storeSize } from "../store-size.ts";

const documents = 50;
const edits = 5000;
const readMillisecondsMax = 5;

interface Version {
  readonly name: string;
  readonly text: string;
}

/** The documents as they begin, and then one line of one of them anew at a time. */
function makeVersions(): { readonly first: readonly Version[]; readonly later: readonly Version[] } {
  const random = randomFrom(11);
  const texts = new Map<string, string>();
  for (let index = 0; index < documents; index++) {
    const name = skillName(index);
    const head = `---\nname: ${name}\ndescription: Use when the request is about ${index}.\n---\n\n# ${name}\n`;
    texts.set(name, proseOf(random, head, fileBytes));
  }
  const first = [...texts].map(([name, text]) => ({ name, text }));
  const later = Array.from({ length: edits }, () => {
    const name = skillName(Math.floor(random() * documents));
    const lines = (texts.get(name) ?? "").split("\n");
    lines[6 + Math.floor(random() * (lines.length - 7))] = lineOf(random);
    texts.set(name, lines.join("\n"));
    return { name, text: lines.join("\n") };
  });
  return { first, later };
}

const { first, later } = makeVersions();
const pathOf = (name: string): string => join("skills", name, "SKILL.md");

/** Bytes of git's objects, refs and indexes of packs for the same edits, one commit each, packed as well as git can. */
function gitBytes(folder: string, format: "sha1" | "sha256"): number {
  gitInit(folder, format);
  const at = "bench <bench@example.invalid> 1700000000 +0000";
  const fileOf = ({ name, text }: Version) =>
    `M 100644 inline ${pathOf(name)}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
  const commitOf = (versions: readonly Version[]) =>
    `commit refs/heads/main\ncommitter ${at}\ndata 4\nsave\n${versions.map(fileOf).join("")}`;
  const stream = [first, ...later.map((one) => [one])].map(commitOf).join("\n");
  const { words, variables } = git(folder, "fast-import", "--quiet");
  const [program = "git", ...rest] = words;
  const answer = spawnSync(program, rest, { cwd: folder, env: variables, input: stream });
  if (answer.status !== 0) throw new Error(String(answer.stderr));
  run([git(folder, "gc", "--quiet", "--aggressive", "--prune=now")]);
  requireInGit(folder);
  const counted = filesIn(join(folder, ".git")).filter(
    (path) => !/^(hooks|info|description|config)/.test(path),
  );
  return counted.reduce((sum, path) => sum + lstatSync(join(folder, ".git", path)).size, 0);
}

/** Throws where a commit of git's does not hold the version that it should, byte for byte. */
function requireInGit(folder: string): void {
  const commits = run([git(folder, "rev-list", "--reverse", "main")])
    .output.trim()
    .split("\n")
    .slice(1);
  const names = later.map(({ name }, index) => `${commits[index]}:${pathOf(name)}`).join("\n");
  const { words, variables } = git(folder, "cat-file", "--batch=");
  const [program = "git", ...rest] = words;
  const answer = spawnSync(program, rest, {
    cwd: folder,
    env: variables,
    input: `${names}\n`,
    maxBuffer: 2 ** 30,
  });
  const expected = later.map(({ text }) => `\n${text}\n`).join("");
  if (answer.stdout.toString() !== expected) throw new Error("git gives back other bytes");
}

async function packed(store: Store): Promise<boolean> {
  if (store.maintenance === null) return false;
  await store.maintenance.compact({ spareOperations: 0 });
  return true;
}

/** Reads every version in a mixed order and compares it. Gives milliseconds for each. */
async function readVersions(store: Store): Promise<readonly number[]> {
  const wanted = new Map<BlobId, string>();
  for (const { text } of later) wanted.set(blobId(new TextEncoder().encode(text)), text);
  const random = randomFrom(5);
  const order = [...wanted].map((one) => ({ one, place: random() })).sort((a, b) => a.place - b.place);
  const times: number[] = [];
  for (const { one } of order) {
    const begin = performance.now();
    const [bytes] = await store.history.getMany([one[0]]);
    times.push(performance.now() - begin);
    if (new TextDecoder().decode(bytes) !== one[1]) throw new Error(`${one[0]} has other bytes`);
  }
  return times;
}

const world = makeWorld();
try {
  const write = ({ name, text }: Version) => world.write(join(".claude", pathOf(name)), text);
  for (const one of first) write(one);
  await initialise(world.environment, { yes: true });
  const file = join(world.environment.storeFolder, "store.db");
  const empty = storeSize(file).pageBytes;
  for (const one of later) {
    write(one);
    await save(world.environment);
  }
  const loose = (storeSize(file).pageBytes - empty) / edits;
  const options = { file, clock: systemClock, random: systemRandom } as const;
  const store = await openStore({ ...options, transport: "worker" });
  const isPacked = await packed(store);
  const times = await readVersions(store);
  await store.close();
  const ours = storeSize(file).pageBytes / edits;
  const sha256 = gitBytes(join(world.folder, "git-sha256"), "sha256") / edits;
  const sha1 = gitBytes(join(world.folder, "git-sha1"), "sha1") / edits;
  report(rowsOf({ ours, loose, isPacked, times, sha256, sha1 }));
} finally {
  world.dispose();
}

function rowsOf(found: {
  readonly ours: number;
  readonly loose: number;
  readonly isPacked: boolean;
  readonly times: readonly number[];
  readonly sha256: number;
  readonly sha1: number;
}): readonly Row[] {
  const { ours, loose, isPacked, times, sha256, sha1 } = found;
  const slow = quantile(times, 0.99);
  return [
    {
      job: `bytes a version of ${edits} one-line edits of 4 KB documents, ${isPacked ? "after gc" : "NOT YET PACKED (gc is not there)"}`,
      measured: shownNumber(ours),
      goal: `at most git sha256 repacked: ${shownNumber(sha256)}`,
      reached: isPacked ? ours <= sha256 : null,
      note: `each save adds ${shownNumber(loose)} before; git sha1 repacked ${shownNumber(sha1)}; each a whole save with its commit, operation, change and index row, all tables`,
    },
    {
      job: "reading any of these versions, library, 99th percentile",
      measured: `${shownNumber(slow)} ms`,
      goal: `at most ${readMillisecondsMax} ms`,
      reached: slow <= readMillisecondsMax,
      note: `median ${shownNumber(spreadOf(times).median)} ms, longest ${shownNumber(spreadOf(times).most)} ms, each hashed and compared`,
    },
  ];
}
