/**
 * Ends the writing process at the n-th system call that writes, for every n, as strace can inject it; another
 * process then recovers. Slow, so a program of its own: `node test/crash/every-system-call.ts [swap|link]`.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crashFolder, type Port, recoverAndCheck, runChild, twoAtATime } from "./crash-driver.ts";

const strace = "/usr/bin/strace";
const calls = [
  "openat",
  "write",
  "pwrite64",
  "fchmod",
  "fsync",
  "fdatasync",
  "mkdir",
  "rmdir",
  "rename",
  "renameat2",
  "link",
  "linkat",
  "symlink",
  "unlink",
  "ftruncate",
] as const;
const port: Port = process.argv[2] === "link" ? "link" : "swap";

/** How often each call is made from the moment the operation proper begins, and how often before that. */
async function countCalls(folder: string) {
  const log = join(folder, "log");
  const prefix = [strace, "-f", "-qq", "-o", log, "-e", `trace=${calls.join(",")}`];
  await runChild(folder, join(folder, "count"), { work: "write", port, point: 0, prefix });
  const counts = new Map<string, { before: number; all: number }>();
  let begun = false;
  for (const line of readFileSync(log, "utf8").split("\n")) {
    const call = /^\d+ +(\w+)\(/.exec(line)?.[1];
    if (call === undefined) continue;
    const known = counts.get(call) ?? { before: 0, all: 0 };
    begun ||= line.includes("/staging/op_");
    counts.set(call, { before: begun ? known.before : known.before + 1, all: known.all + 1 });
  }
  return counts;
}

async function main(): Promise<number> {
  if (!existsSync(strace)) {
    process.stdout.write("every system call: SKIPPED, strace is not installed\n");
    return 0;
  }
  using crash = crashFolder();
  const { folder } = crash;
  await runChild(folder, join(folder, "warm"), { work: "write", port, point: 0 });
  const points = [...(await countCalls(folder))].flatMap(([call, { before, all }]) =>
    Array.from({ length: all - before }, (_, index) => ({ call, when: before + index + 1 })),
  );
  let ended = 0;
  let failures = 0;
  await twoAtATime(points.length, async (n) => {
    const point = points[n - 1];
    if (point === undefined) return;
    const project = join(folder, `${n}`);
    const inject = `inject=${point.call}:signal=KILL:when=${point.when}`;
    const prefix = [strace, "-f", "-qq", "-o", "/dev/null", "-e", `trace=${point.call}`, "-e", inject];
    const end = await runChild(folder, project, { work: "write", port, point: 0, prefix });
    if (end.output === "") ended++;
    for (const problem of await recoverAndCheck(project)) {
      failures++;
      process.stdout.write(`${point.call} ${point.when}: ${problem}\n`);
    }
  });
  process.stdout.write(
    `every system call (${port}): ended at ${ended} of ${points.length} points, ${failures} problems\n`,
  );
  return failures === 0 ? 0 : 1;
}

process.exitCode = await main();
