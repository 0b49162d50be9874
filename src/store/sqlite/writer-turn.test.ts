import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WriterTurn } from "./writer-turn.ts";

let folder: string;
let time = 1_795_000_000_000_000;
const turns: WriterTurn[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stet-turn-"));
});
afterEach(() => {
  for (const turn of turns.splice(0)) turn.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Each with a slot of its own. Time passes by a microsecond a look, so that nobody is late. */
function writer(waitMillisecondsMax?: number): WriterTurn {
  const clock = { now: () => ++time };
  const chance = (turns.length + 0.5) / 256;
  const options = { file: join(folder, "store.db"), clock, jitter: () => chance };
  const turn = new WriterTurn(
    waitMillisecondsMax === undefined ? options : { ...options, waitMillisecondsMax },
  );
  turns.push(turn);
  return turn;
}

test("those who wait get their turn in the order in which they came", async () => {
  const first = await writer().take();
  expect(first).toMatchObject({ waited: false });
  const order: number[] = [];
  const others = Array.from({ length: 5 }, async (_, index) => {
    const turn = await writer(60_000).take();
    order.push(index);
    expect(turn).toMatchObject({ waited: true });
    turn?.release();
  });
  first?.release();
  await Promise.all(others);
  expect(order).toEqual([0, 1, 2, 3, 4]);
});

test("a holder that is killed leaves its turn to the next, whatever files it leaves (BUGS S13)", async () => {
  const file = join(folder, "store.db-turn");
  const program = `new (require("node:sqlite").DatabaseSync)(${JSON.stringify(file)}).exec("BEGIN EXCLUSIVE");
    console.log("held"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "-e", program]);
  await once(child.stdout, "data");
  expect(await writer(20).take()).toBeNull();
  const waiting = writer(60_000).take();
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await waiting).not.toBeNull();
  expect(existsSync(file)).toBe(true);
});

test("one who waited and is gone is passed over", async () => {
  const held = await writer().take();
  expect(await writer(1).take()).toBeNull();
  const leaver = writer(60_000);
  const left = leaver.take();
  leaver.close();
  expect(await left).toBeNull();
  time += 1_000_000;
  held?.release();
  expect(await writer(60_000).take()).not.toBeNull();
});

test("where no file can be made the writer goes on without a turn", async () => {
  rmSync(folder, { recursive: true });
  expect(await writer().take()).toBeNull();
});
