import { join } from "node:path";
import { expect, test } from "vitest";
import {
  crashFolder,
  isHalfDone,
  type Port,
  recoverAndCheck,
  runChild,
  twoAtATime,
  type Work,
} from "./crash-driver.ts";

/**
 * A process ends itself before and after every call that it makes to the disk and to the store during an
 * operation on twenty files; another process then recovers. All or nothing (P2), nothing lost (P1), nothing
 * left behind.
 */
const minutes = 60_000;

async function crashEverywhere(port: Port, work: Work, prepare?: (project: string) => Promise<void>) {
  using crash = crashFolder();
  const { folder } = crash;
  const project = (name: string) => join(folder, name);
  await prepare?.(project("count"));
  const counted = await runChild(folder, project("count"), { work, port, point: 0 });
  expect(counted.errors).toBe("");
  expect(await recoverAndCheck(project("count"))).toEqual([]);
  const points = Number(counted.output) * 2;
  const failures: string[] = [];
  let ended = 0;
  await twoAtATime(points, async (point) => {
    await prepare?.(project(`${point}`));
    const end = await runChild(folder, project(`${point}`), { work, port, point });
    if (end.signal === "SIGKILL") ended++;
    else failures.push(`point ${point}: the child did not end there: ${end.errors}`);
    for (const one of await recoverAndCheck(project(`${point}`))) failures.push(`point ${point}: ${one}`);
  });
  process.stdout.write(`crash ${work} (${port}): ${ended} of ${points} points\n`);
  expect(failures).toEqual([]);
  return points;
}

for (const port of ["swap", "link"] as const) {
  test(`an operation that ends at any call is finished or never was (${port})`, {
    timeout: 10 * minutes,
  }, async () => {
    expect(await crashEverywhere(port, "write")).toBeGreaterThan(150);
  });

  test(`an operation that fails and ends while it is taken back is taken back (${port})`, {
    timeout: 10 * minutes,
  }, async () => {
    expect(await crashEverywhere(port, "fail")).toBeGreaterThan(150);
  });

  test(`a recovery that ends at any call is finished by the next one (${port})`, {
    timeout: 10 * minutes,
  }, async () => {
    using crash = crashFolder();
    // A point in the middle of putting files in place: found by asking the journal and the disk.
    const point = await middleOfPutting(crash.folder, port);
    const halfDone = async (project: string) => {
      await runChild(crash.folder, project, { work: "write", port, point });
    };
    expect(await crashEverywhere(port, "recover", halfDone)).toBeGreaterThan(40);
  });
}

/** The first point, in steps of four, at which two files are in place and the journal is still there. */
async function middleOfPutting(folder: string, port: Port): Promise<number> {
  for (let point = 61; point < 200; point += 4) {
    const project = join(folder, `middle-${point}`);
    await runChild(folder, project, { work: "write", port, point });
    if (await isHalfDone(project)) return point;
  }
  throw new Error("no point at which the operation is half done");
}
