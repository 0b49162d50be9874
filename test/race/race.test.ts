import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { settleAsides } from "../../src/workspace/settle-asides.ts";
import {
  disk,
  diskWithoutSwap,
  systemClock,
  systemRandom,
  temporaryProject,
} from "../workspace/temporary-place.ts";
import { TemporaryWorkspace } from "../workspace/temporary-workspace.ts";
import { racerText } from "./racer-text.ts";

const files = 20;
const rounds = 60;
const paths = Array.from({ length: files }, (_, number) => `skills/raced/file-${number}.md`);

function startRacer(folder: string) {
  const script = fileURLToPath(new URL("./racing-writer.ts", import.meta.url));
  const child = spawn(process.execPath, ["--no-warnings", script, folder, String(files)]);
  const lines = createInterface({ input: child.stdout });
  return {
    round: async (number: number, delay: number) => {
      const answered = once(lines, "line");
      child.stdin.write(`${number} ${delay}\n`);
      await answered;
    },
    stop: async () => {
      const ended = once(child, "exit");
      child.stdin.end();
      await ended;
    },
  };
}

for (const [port, ports] of [
  ["swap", disk],
  ["link", diskWithoutSwap],
] as const) {
  test(`a foreign writer by rename and in place loses nothing to ${rounds * files} puts (${port})`, {
    timeout: 300_000,
  }, async () => {
    using project = temporaryProject();
    const folder = join(project.root, "skills/raced");
    mkdirSync(folder);
    for (const path of paths) writeFileSync(join(project.root, path), "start");
    const starts: (() => void)[] = [];
    const wrap = (store: Store): Store => ({
      ...store,
      write: (batches, options) => {
        // The files are put in place right after the transaction that holds the journal.
        if ((options?.local?.journal ?? []).length > 0) for (const start of starts.splice(0)) start();
        return store.write(batches, options);
      },
    });
    const workspace = await TemporaryWorkspace.open(project.project, { disk: ports, wrap });
    const context = { store: workspace.store, disk: ports, clock: systemClock, random: systemRandom };
    const racer = startRacer(folder);
    await racer.round(0, 0);
    const counts = { done: 0, raced: 0, moved: 0 };
    const lost: string[] = [];
    for (let round = 1; round <= rounds; round++) {
      await using held = await workspace.lock();
      await workspace.capture();
      const racing = new Promise<void>((resolve) => {
        starts.push(() => resolve(racer.round(round, (round % 30) * 200)));
      });
      const wanted = Object.fromEntries(paths.map((path) => [path, `stet, round ${round}, ${path}\n`]));
      const outcome = await workspace.write(wanted, { lock: held });
      for (const start of starts.splice(0)) start();
      await racing;
      if (outcome.status === "done") counts.done += files;
      if (outcome.status === "done") counts.raced += outcome.raced.length;
      if (outcome.status === "moved") counts.moved += outcome.files.length;
      await workspace.capture();
      await settleAsides(context, workspace.place.checkout, { graceMicros: 0 });
      for (const [number, path] of paths.entries()) {
        const text = racerText(round, number);
        const file = join(project.root, path);
        const isOnDisk = existsSync(file) && readFileSync(file, "utf8") === text;
        if (!isOnDisk && !(await workspace.keeps(text))) lost.push(text);
      }
    }
    await racer.stop();
    process.stdout.write(`race (${port}): ${JSON.stringify(counts)}, ${lost.length} lost\n`);
    expect(lost).toEqual([]);
    // The racer is still between rounds: what a capture has just recorded is what the next plan finds.
    expect(counts.moved).toBe(0);
    expect(counts.raced).toBeGreaterThan(0);
    expect(counts.raced).toBeLessThan(counts.done);
    expect((await workspace.store.history.verify()).problems).toEqual([]);
    expect(await workspace.store.checkouts.pending()).toEqual([]);
    await workspace.store.close();
  });
}
