import { execFile } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Operation } from "../../src/domain/operations.ts";
import type { Wanted } from "../workspace/temporary-workspace.ts";
import { TemporaryWorkspace } from "../workspace/temporary-workspace.ts";
import { bystander, fileSteps, locate } from "./scenario.ts";

export type Port = "swap" | "link";
export type Work = "write" | "fail" | "recover";

const child = fileURLToPath(new URL("./crashing-child.ts", import.meta.url));
const node = process.execPath;

/** A folder for projects, and for the compiled code that all children share. */
export interface CrashFolder extends Disposable {
  readonly folder: string;
}

export function crashFolder(): CrashFolder {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "stet-crash-")));
  mkdirSync(join(folder, "compiled"));
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface ChildEnd {
  readonly signal: string | null;
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs the child on a project; `prefix` is a program that runs it in turn (strace). */
export function runChild(
  folder: string,
  project: string,
  options: {
    readonly work: Work;
    readonly port: Port;
    readonly point: number;
    readonly prefix?: readonly string[];
  },
): Promise<ChildEnd> {
  mkdirSync(project, { recursive: true });
  const { work, port, point, prefix = [] } = options;
  const words = [...prefix, node, "--no-warnings", child, project, work, port, String(point)];
  const [program = node, ...rest] = words;
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, "compiled") };
  return new Promise((resolve) => {
    const running = execFile(program, rest, { env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : null;
      resolve({ signal: running.signalCode, code, output: stdout, errors: stderr });
    });
  });
}

/** What is wrong with a project after recovery by this (fresh) process; empty where nothing is. */
export async function recoverAndCheck(project: string): Promise<readonly string[]> {
  const workspace = await TemporaryWorkspace.open(project);
  try {
    await workspace.recover();
    const problems = [...(await checkEnd(workspace, project))];
    const again = await workspace.recover();
    if (again.operations.length > 0) problems.push("a second recovery found something left to do");
    return problems;
  } finally {
    await workspace.store.close();
  }
}

/** Whether an operation was recorded and some of its files, but not all, are in place. */
export async function isHalfDone(project: string): Promise<boolean> {
  const workspace = await TemporaryWorkspace.open(project);
  try {
    const pending = await workspace.store.checkouts.pending();
    const inPlace = fileSteps.filter((one) => sameWanted(readBack(locate(project, one.path)), one.after));
    return pending.length > 0 && inPlace.length > 3 && inPlace.length < fileSteps.length - 3;
  } finally {
    await workspace.store.close();
  }
}

async function checkEnd(workspace: TemporaryWorkspace, project: string): Promise<readonly string[]> {
  const problems: string[] = [];
  const { history, checkouts } = workspace.store;
  const operations = await history.operations({ limit: 20 });
  // The child ended while it was still laying out what is there before: there is nothing to be kept yet.
  if (operations.length === 0) return [];
  const isWanted =
    operations.some((one) => one.kind === "sync") && !operations.some((one) => one.kind === "failed");
  for (const step of fileSteps) {
    const found = readBack(locate(project, step.path));
    const wanted = isWanted ? step.after : step.before;
    if (!sameWanted(found, wanted)) {
      problems.push(`${step.path} holds ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
    }
    for (const one of [step.before, isWanted ? step.after : null]) {
      if (one !== null && !(await workspace.keeps(textOf(one))))
        problems.push(`${step.path}: ${textOf(one)} is lost`);
    }
  }
  problems.push(...strangers(project));
  if ((await checkouts.pending()).length > 0) problems.push("the journal is not empty");
  for (const one of (await history.verify()).problems) problems.push(`${one.code} ${one.what} ${one.where}`);
  problems.push(...(await uncaptured(workspace, operations)));
  return problems;
}

/** After recovery the disk is what history says: there is nothing new to capture. */
async function uncaptured(
  workspace: TemporaryWorkspace,
  operations: readonly Operation[],
): Promise<readonly string[]> {
  for (const operation of [...operations].reverse()) {
    for (const { path, after } of operation.changes) {
      if (after === null) workspace.present.delete(path);
      else workspace.present.set(path, after);
    }
  }
  const captured = await workspace.capture();
  return captured.map((path) => `${path} is on disk as no operation left it`);
}

/** Files and folders below what runtimes read that nobody asked for, and staged files that stayed behind. */
function strangers(project: string): readonly string[] {
  const problems: string[] = [];
  const expected = new Set([
    locate(project, bystander.path),
    ...fileSteps.map((one) => locate(project, one.path)),
  ]);
  const visit = (folder: string): void => {
    const names = readdirSync(folder, { withFileTypes: true });
    if (names.length === 0) problems.push(`an empty folder: ${folder}`);
    for (const entry of names) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (!expected.has(path)) problems.push(`litter: ${path}`);
    }
  };
  visit(join(project, ".agents/skills"));
  const staging = join(project, ".agents/stet/.work/staging");
  const left = existsSync(staging) ? readdirSync(staging) : [];
  problems.push(...left.filter((name) => !name.endsWith(".aside")).map((name) => `staged litter: ${name}`));
  return problems;
}

function readBack(file: string): Wanted {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  if (stat.isSymbolicLink()) return { text: readlinkSync(file), mode: 0o120000 };
  return { text: readFileSync(file, "utf8"), mode: 0o100000 | (stat.mode & 0o777) };
}

function sameWanted(one: Wanted, other: Wanted): boolean {
  if (one === null || other === null) return one === other;
  return textOf(one) === textOf(other) && modeOf(one) === modeOf(other);
}

function textOf(wanted: NonNullable<Wanted>): string {
  return typeof wanted === "string" ? wanted : wanted.text;
}

function modeOf(wanted: NonNullable<Wanted>): number {
  return typeof wanted === "string" ? 0o100644 : wanted.mode;
}

/** Runs `work` for every number from 1 to `count`, two at a time: there are two cores. */
export async function twoAtATime(count: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 1;
  const lane = async () => {
    while (next <= count) await work(next++);
  };
  await Promise.all([lane(), lane()]);
}
