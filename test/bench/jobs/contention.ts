/** Eight processes saving at once; a reader during a large import; a writer while the store is repacked. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomId } from "../../../src/domain/ids.ts";
import { openStore } from "../../../src/store/sqlite/open-store.ts";
import { systemClock, systemRandom } from "../../workspace/temporary-place.ts";
import { readNumbers, startChild } from "../bench-child.ts";
import { benchFolder } from "../bench-folder.ts";
import { run, stet } from "../command.ts";
import { type Row, report, shownNumber, skippedRow } from "../report.ts";
import { requireInHistory } from "../same-bytes.ts";
import { SavedSkills } from "../saved-skills.ts";
import { writeSkills } from "../skill-files.ts";
import { quantile, spreadOf } from "../spread.ts";

const processes = 8;
const savesEach = 50;
using folder = benchFolder();

const openBench = (file: string) =>
  openStore({ file, clock: systemClock, random: systemRandom, transport: "worker" });

async function eightProcesses(): Promise<readonly Row[]> {
  const file = join(folder.path, "eight/store.db");
  const store = await openBench(file);
  const collection = randomId("collection", systemRandom(20));
  const start = String(Date.now() + 3000);
  const children = Array.from({ length: processes }, (_, child) =>
    startChild("contending-child", file, collection, String(child), String(savesEach), start),
  );
  const times = (await Promise.all(children)).map(readNumbers);
  const texts = times.flatMap((saves, child) => saves.map((_, n) => `save ${n} of ${child}\n`));
  await new SavedSkills(store, collection).requireSaved(texts);
  const { problems } = await store.history.verify();
  await store.close();
  if (problems.length > 0) throw new Error(`the store has ${problems.length} problems`);
  const totals = spreadOf(times.map((saves) => saves.reduce((sum, one) => sum + one, 0)));
  const all = times.flat();
  return [
    {
      job: `${processes} processes saving at once on one ref, ${savesEach} saves each: longest wait`,
      measured: `${shownNumber(spreadOf(all).most)} ms`,
      goal: "printed",
      reached: null,
      note: `median ${shownNumber(spreadOf(all).median)} ms, 99th percentile ${shownNumber(quantile(all, 0.99))} ms; every save in the log, once`,
    },
    {
      job: `${processes} processes saving at once: slowest process by fastest`,
      measured: `${shownNumber(totals.most / totals.least)} x`,
      goal: "printed",
      reached: null,
      note: `each process was busy ${shownNumber(totals.least)} to ${shownNumber(totals.most)} ms with its saves`,
    },
  ];
}

/** A reader of another process, before and while 2,000 skills are imported into the same store. */
async function readerRow(): Promise<Row> {
  const home = join(folder.path, "home");
  const project = join(folder.path, "small");
  const large = join(folder.path, "large");
  writeSkills(join(project, ".claude/skills"), 20, 1);
  writeSkills(join(large, ".claude/skills"), 2000, 5);
  run([stet(home, project, "init", "--yes")]);
  const file = join(home, "stet/store.db");
  const calm = await readWhile(file, "calm", () => new Promise((resolve) => setTimeout(resolve, 3000)));
  const { words, variables } = stet(home, large, "init", "--yes");
  const busy = await readWhile(file, "busy", async () => {
    const [program = "", ...rest] = words;
    const [code] = await once(spawn(program, rest, { env: variables }), "exit");
    if (code !== 0) throw new Error(`the import ended with ${code}`);
  });
  await requireInHistory(home, join(large, ".claude"), "skills");
  return {
    job: "a reader during an import of 2,000 skills, 99th percentile",
    measured: `${shownNumber(quantile(busy, 0.99))} ms`,
    goal: "printed",
    reached: null,
    note: `median ${shownNumber(spreadOf(busy).median)}, longest ${shownNumber(spreadOf(busy).most)} ms of ${busy.length} looks; without the import ${shownNumber(quantile(calm, 0.99))} ms; first page of the log and one file`,
  };
}

async function readWhile(
  file: string,
  name: string,
  work: () => Promise<unknown>,
): Promise<readonly number[]> {
  const end = join(folder.path, `${name}-end`);
  const reading = startChild("reading-child", file, end);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await work();
  writeFileSync(end, "");
  return readNumbers(await reading);
}

/** Saves go on while the store of many versions is repacked from another connection. */
async function writerRow(): Promise<Row> {
  const job = "a writer while gc runs: longest wait";
  const file = join(folder.path, "repacked/store.db");
  const store = await openBench(file);
  const beside = await openBench(file);
  try {
    if (store.maintenance === null) return skippedRow(job, "printed", "gc is not there yet");
    const skills = new SavedSkills(store);
    const texts = Array.from({ length: 3000 }, (_, n) => `${"text of a skill\n".repeat(200)}${n}\n`);
    await Promise.all(texts.map((text, n) => skills.save(`skill-${n % 50}`, text)));
    const writer = new SavedSkills(beside);
    const written: string[] = [];
    const times: number[] = [];
    const repacking = { over: false };
    const begin = performance.now();
    const repacked = store.maintenance
      .compact({ spareOperations: 0 })
      .finally(() => Object.assign(repacking, { over: true }));
    while (!repacking.over) {
      const text = `beside ${times.length}\n`;
      const from = performance.now();
      await writer.save("skill-beside", text);
      times.push(performance.now() - from);
      written.push(text);
    }
    await repacked;
    const seconds = (performance.now() - begin) / 1000;
    await skills.requireSaved(texts);
    await writer.requireSaved(written);
    return {
      job,
      measured: `${shownNumber(spreadOf(times).most)} ms`,
      goal: "printed",
      reached: null,
      note: `median ${shownNumber(spreadOf(times).median)} ms of ${times.length} saves while 3,000 versions were repacked in ${shownNumber(seconds)} s`,
    };
  } finally {
    await beside.close();
    await store.close();
  }
}

report(await eightProcesses());
report([await readerRow()]);
report([await writerRow()]);
