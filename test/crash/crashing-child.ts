/**
 * A process that works on a project and ends itself, as by a power switch, at one call of its ports.
 *
 *     node crashing-child.ts <project> <work> <swap|link> <point>
 *
 * `work` is `write` (lay out, capture, then the operation under test), `fail` (the same, with a disk that fills
 * up while the files are put in place, so that they are taken back) or `recover`. Calls of the disk and the
 * store are counted from the moment the work proper begins; point 2n-1 is before the n-th call, 2n after it.
 * Point 0 ends nothing: the number of calls goes to standard output.
 */
import type { Store } from "../../src/store/store.ts";
import type { Disk } from "../../src/workspace/disk.ts";
import { nodeDisk } from "../../src/workspace/node-disk.ts";
import { failingDisk, watchedDisk } from "../workspace/faulty-disk.ts";
import { TemporaryWorkspace } from "../workspace/temporary-workspace.ts";
import { fileSteps, layOut } from "./scenario.ts";

const [, , project = "", work = "", port = "", pointText = "0"] = process.argv;
const point = Number(pointText);
let armed = false;
let calls = 0;

/** Counts a call, ends before it or after it where that is the point. */
function watch(): (() => void) | undefined {
  if (!armed) return undefined;
  const call = ++calls;
  if (point === call * 2 - 1) process.kill(process.pid, "SIGKILL");
  return () => {
    if (point === call * 2) process.kill(process.pid, "SIGKILL");
  };
}

function watchedStore(store: Store): Store {
  const around = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    const after = watch();
    const result = await call();
    after?.();
    return result;
  };
  return {
    ...store,
    write: (batches, options) => around(() => store.write(batches, options)),
    checkouts: {
      ...store.checkouts,
      apply: (batch, options) => around(() => store.checkouts.apply(batch, options)),
    },
  };
}

function fullDisk(disk: Disk): Disk {
  // The fourteenth name that is changed where runtimes look: some files are in place by then, some are not.
  return failingDisk(disk, "ENOSPC", 14, (call, path) => {
    const isName = call === "exchange" || call === "link" || call === "rename";
    return armed && isName && !path.endsWith("lock-holder");
  }).disk;
}

const plain = nodeDisk({ platform: process.platform, swap: port === "swap" });
const disk = watchedDisk(work === "fail" ? fullDisk(plain) : plain, watch);
if (work !== "recover") layOut(project);
const workspace = await TemporaryWorkspace.open(project, { disk, wrap: watchedStore });
if (work !== "recover") {
  const held = await workspace.lock();
  await workspace.capture();
  held.release();
}
armed = true;
if (work === "recover") await workspace.recover();
else await workspace.write(Object.fromEntries(fileSteps.map((step) => [step.path, step.after])));
armed = false;
await workspace.store.close();
process.stdout.write(String(calls));
