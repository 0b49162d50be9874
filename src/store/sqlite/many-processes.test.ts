import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readEntries } from "../../testing/conformance/read-entries.ts";
import { seededRandom, TestHistory } from "../../testing/conformance/test-history.ts";
import { openStore } from "./open-store.ts";

const program = fileURLToPath(new URL("../../testing/saving-process.ts", import.meta.url));

interface Ended {
  readonly lines: readonly string[];
  readonly code: number | null;
  readonly complaint: string;
}

/** Runs a saving process; with `killAfter`, ends it without warning once it has printed that many lines. */
function run(args: readonly string[], killAfter?: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let complaint = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      if (killAfter !== undefined && output.split("\n").length > killAfter) child.kill("SIGKILL");
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      complaint += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      // A line that was cut by the end of the process was not acknowledged.
      const lines = output.split("\n").slice(0, -1);
      resolve({ lines, code, complaint });
    });
  });
}

test("8 processes saving at once: every acknowledged save is in the log exactly once (BUGS S8)", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stet-processes-"));
  const file = join(folder, "store.db");
  const history = new TestHistory(1);
  try {
    const ended = await Promise.all(
      Array.from({ length: 8 }, (_, index) => run([file, history.collection, String(index + 10), "12"])),
    );
    for (const { code, complaint } of ended) expect([code, complaint]).toEqual([0, ""]);
    await requireAll(file, history, ended, true);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 300_000);

test("processes that are killed while they save lose nothing that was acknowledged (BUGS S8, S13)", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stet-processes-"));
  const file = join(folder, "store.db");
  const history = new TestHistory(2);
  try {
    const ended = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        run([file, history.collection, String(index + 10), "12"], index < 3 ? 2 + index : undefined),
      ),
    );
    expect(ended.slice(3).map(({ code }) => code)).toEqual([0, 0, 0]);
    await requireAll(file, history, ended, false);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 300_000);

/** `exactly`: nobody was killed, so the log has no more than what was acknowledged. */
async function requireAll(
  file: string,
  history: TestHistory,
  ended: readonly Ended[],
  exactly: boolean,
): Promise<void> {
  const clock = { now: () => 0 };
  const store = await openStore({ file, clock, random: seededRandom(1), transport: "inline" });
  try {
    const acknowledged = ended.flatMap(({ lines }) => lines.map((line) => line.split(" ")));
    const log = await store.history.operations({ limit: 10_000 });
    const logged = log.map(({ id }) => id as string);
    expect(new Set(logged).size).toBe(logged.length);
    expect(logged).toEqual(expect.arrayContaining(acknowledged.map(([id]) => id)));
    if (exactly) expect(logged).toHaveLength(acknowledged.length);
    expect(acknowledged.length).toBeGreaterThan(30);
    const head = await store.history.ref(history.main);
    if (head === undefined) throw new Error("no head");
    const files = await readEntries(store.history, head);
    for (const [, name = ""] of acknowledged) expect(files[name]).toBe(name);
    expect(Object.keys(files)).toHaveLength(log.length);
    expect((await store.history.verify()).problems).toEqual([]);
  } finally {
    await store.close();
  }
}
