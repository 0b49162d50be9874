/**
 * Cuts the power in the middle of an operation on twenty files, at many points, and recovers from what had
 * reached the medium by then.
 *
 *     npm run test:power [-- <number of points>|all]
 *
 * A child stops dead at a call of its ports; the image of the file system that it works on is copied as it is,
 * without a sync; the copy is mounted and recovered from. Whatever the child was told is recorded must be there, and all of it
 * or nothing must have happened. The control run, whose store does not sync its transactions, must fail.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { recoverAndCheck } from "../crash/crash-driver.ts";
import { TemporaryWorkspace } from "../workspace/temporary-workspace.ts";
import { PowerImage, whyNoImages } from "./power-image.ts";

type Durability = "FULL" | "NORMAL";

const program = fileURLToPath(new URL("./power-child.ts", import.meta.url));

interface Child {
  readonly process: ChildProcess;
  readonly lines: readonly string[];
  /** Whether it stopped, as against having come to its end. */
  readonly isStopped: boolean;
}

async function runChild(
  project: string,
  work: string,
  durability: Durability,
  point: number,
): Promise<Child> {
  const words = ["--no-warnings", program, project, work, durability, String(point)];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  const ended = once(child, "close");
  const stopped = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      if (line === "stopped") resolve();
    });
  });
  const isStopped = await Promise.race([stopped.then(() => true), ended.then(() => false)]);
  while (isStopped && !isHalted(child.pid ?? 0)) await new Promise((resolve) => setTimeout(resolve, 1));
  return { process: child, lines, isStopped };
}

/** Whether the system itself says that every thread of a process stands still. */
function isHalted(pid: number): boolean {
  return /^State:\s+T/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
}

async function kill({ process: child }: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "close");
  child.kill("SIGKILL");
  await ended;
}

/** A file system with the project as it is before the operation, and how many calls the operation makes. */
async function prepare(image: PowerImage): Promise<{ readonly base: string; readonly points: number }> {
  const base = image.fresh("base");
  const project = join(image.mount, "project");
  image.attach(base);
  await runChild(project, "prepare", "FULL", 0);
  image.detach();
  image.attach(image.copy(base, "count"));
  const { lines } = await runChild(project, "write", "FULL", 0);
  image.detach();
  return { base, points: 2 * Number(lines.at(-1)?.replace("calls ", "")) };
}

/** What is wrong after the power was cut at a point. */
async function cutAt(image: PowerImage, base: string, durability: Durability, point: number) {
  const project = join(image.mount, "project");
  const running = image.copy(base, "running");
  image.attach(running);
  const child = await runChild(project, "write", durability, point);
  const cut = image.copy(running, "cut");
  await kill(child);
  image.detach();
  image.attach(cut);
  try {
    const problems = child.isStopped ? [] : ["the child did not stop there"];
    problems.push(...(await recoverAndCheck(project)));
    if (child.lines.includes("recorded") && !(await isRecorded(project))) {
      problems.push("what was acknowledged is not in the log");
    }
    return problems;
  } catch (error) {
    return [`recovery failed: ${error instanceof Error ? error.message : String(error)}`];
  } finally {
    image.detach();
  }
}

async function isRecorded(project: string): Promise<boolean> {
  const workspace = await TemporaryWorkspace.open(project);
  try {
    const operations = await workspace.store.history.operations({ limit: 20 });
    return operations.some((one) => one.kind === "sync");
  } finally {
    await workspace.store.close();
  }
}

/** Points spread evenly over all of them, the first and the last among them. */
function chosenPoints(points: number, wanted: string): readonly number[] {
  const count = wanted === "all" ? points : Math.min(points, Number(wanted));
  const step = (points - 1) / Math.max(1, count - 1);
  return [...new Set(Array.from({ length: count }, (_, index) => 1 + Math.round(index * step)))];
}

async function main(wanted: string): Promise<boolean> {
  using image = new PowerImage();
  const { base, points } = await prepare(image);
  const chosen = chosenPoints(points, wanted);
  let failed = 0;
  for (const point of chosen) {
    const problems = await cutAt(image, base, "FULL", point);
    for (const one of problems) process.stdout.write(`✗ point ${point}: ${one}\n`);
    if (problems.length > 0) failed++;
  }
  process.stdout.write(
    `power cut: ${chosen.length - failed} of ${chosen.length} points (of ${points}) recovered\n`,
  );
  // From the end: there the store has acknowledged most.
  for (const point of chosen.toReversed()) {
    const [problem] = await cutAt(image, base, "NORMAL", point);
    if (problem === undefined) continue;
    process.stdout.write(`control without sync: fails as it must, at point ${point}: ${problem}\n`);
    return failed === 0;
  }
  process.stdout.write("✗ the control run without sync did not fail anywhere: this test sees nothing\n");
  return false;
}

const why = whyNoImages();
if (why === null) process.exitCode = (await main(process.argv[2] ?? "40")) ? 0 : 1;
else process.stdout.write(`SKIPPED: the power-cut test needs root and loop mounts: ${why}\n`);
