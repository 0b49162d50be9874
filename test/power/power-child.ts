/**
 * A process that works on a project and stops dead at one call of its ports, so that the power can be cut.
 *
 *     node power-child.ts <project> <prepare|write> <FULL|NORMAL> <point>
 *
 * `prepare` lays out and captures; `write` does the operation of the crash tests. Point 2n-1 is before the n-th
 * call to the disk or the store, 2n after it; point 0 stops nowhere. Says `recorded` when the store has
 * acknowledged the operation, `stopped` where it stops, and at its end `calls <number>`.
 */
import { writeSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Store } from "../../src/store/store.ts";
import { nodeDisk } from "../../src/workspace/node-disk.ts";
import { fileSteps, layOut } from "../crash/scenario.ts";
import { watchedDisk } from "../workspace/faulty-disk.ts";
import { TemporaryWorkspace } from "../workspace/temporary-workspace.ts";

const [, , project = "", work = "", durability = "FULL", pointText = "0"] = process.argv;
const point = Number(pointText);
let armed = false;
let calls = 0;

// The control run: the store believes that it syncs each transaction, and does not.
if (durability === "NORMAL") {
  const { exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.exec = function weakened(sql) {
    return exec.call(this, sql.replace("synchronous = FULL", "synchronous = NORMAL"));
  };
}

function say(word: string): void {
  writeSync(1, `${word}\n`);
}

function stopAt(here: number): void {
  if (point !== here) return;
  say("stopped");
  process.kill(process.pid, "SIGSTOP");
}

function watch(): (() => void) | undefined {
  if (!armed) return undefined;
  const call = ++calls;
  stopAt(call * 2 - 1);
  return () => stopAt(call * 2);
}

async function around<Result>(call: () => Promise<Result>, done: () => void): Promise<Result> {
  const after = watch();
  const result = await call();
  done();
  after?.();
  return result;
}

function watchedStore(store: Store): Store {
  return {
    ...store,
    write: (batches, options) =>
      around(
        () => store.write(batches, options),
        () => armed && say("recorded"),
      ),
    checkouts: {
      ...store.checkouts,
      apply: (batch, options) =>
        around(
          () => store.checkouts.apply(batch, options),
          () => undefined,
        ),
    },
  };
}

if (work === "prepare") layOut(project);
const disk = watchedDisk(nodeDisk({ platform: process.platform }), watch);
const workspace = await TemporaryWorkspace.open(project, { disk, wrap: watchedStore });
if (work === "prepare") {
  const held = await workspace.lock();
  await workspace.capture();
  held.release();
} else {
  const operations = await workspace.store.history.operations({ limit: 10 });
  for (const { path, after } of operations.toReversed().flatMap((one) => one.changes)) {
    if (after !== null) workspace.present.set(path, after);
  }
  armed = true;
  await workspace.write(Object.fromEntries(fileSteps.map((step) => [step.path, step.after])));
  armed = false;
}
await workspace.store.close();
say(`calls ${calls}`);
