import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { initialise } from "../../src/app/init.ts";
import { blobId } from "../../src/snapshot/hash.ts";
import { openStore } from "../../src/store/sqlite/open-store.ts";
import { makeWorld, type World } from "../app/fixture.ts";

const run = promisify(execFile);
const child = fileURLToPath(new URL("./saving-child.ts", import.meta.url));
const processes = 8;
const saves = 3;

/** What a process was told of one save: its operation, and how many conflicts it opened. */
async function acknowledged(world: World, number: number): Promise<readonly (readonly string[])[]> {
  const clock = ["frozen", "backward", "machine"][number % 3] ?? "machine";
  const words = ["--no-warnings", child, world.folder, String(number), String(saves), clock];
  const { stdout } = await run(process.execPath, words);
  return stdout
    .trim()
    .split("\n")
    .map((line) => line.split(" "));
}

test(`${processes} processes that save at once: all that was acknowledged is in the log, once (P2, P4; BUGS S8)`, {
  timeout: 300_000,
}, async () => {
  const world = makeWorld();
  try {
    world.write(".agents/agents/shared.md", "---\nname: a\ndescription: b\n---\n\nFirst.\n");
    await initialise(world.environment, { yes: true, root: ".agents" });
    const numbers = Array.from({ length: processes }, (_, number) => number);
    const told = (await Promise.all(numbers.map((number) => acknowledged(world, number)))).flat();
    await using store = await openedStore(world);
    const log = await store.history.operations({ limit: 1000 });

    const ids = log.map((one) => one.id as string);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [id = ""] of told) expect(ids.filter((one) => one === id)).toHaveLength(1);
    expect(told.length).toBeGreaterThan(processes);
    const times = log.map((one) => one.at).reverse();
    for (const [index, at] of times.entries())
      if (index > 0) expect(at).toBeGreaterThan(times[index - 1] ?? 0);

    const open = await store.history.conflicts({ open: true });
    expect(open).toHaveLength(told.reduce((sum, [, count]) => sum + Number(count), 0));
    await expectEveryText(store);
    expect((await store.history.verify()).problems).toEqual([]);
  } finally {
    world.dispose();
  }
});

/** Every text that a process wrote or submitted is in history. */
async function expectEveryText(store: Awaited<ReturnType<typeof openedStore>>): Promise<void> {
  for (let number = 0; number < processes; number++) {
    for (let index = 0; index < saves; index++) {
      const text = `---\nname: a\ndescription: b\n---\n\nSave ${index} of ${number}.\n`;
      const id = blobId(new TextEncoder().encode(text));
      const [found] = await store.history.inspect([id]);
      expect(found?.state, text).toBe("present");
    }
  }
}

async function openedStore({ environment }: World) {
  const { clock, random, storeFolder } = environment;
  const file = join(storeFolder, "store.db");
  const store = await openStore({ file, clock, random, transport: "inline" });
  return { ...store, [Symbol.asyncDispose]: store.close };
}
