import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { initialise } from "../../src/app/init.ts";
import { removeArtifact } from "../../src/app/remove.ts";
import { save } from "../../src/app/save.ts";
import { status } from "../../src/app/status.ts";
import { sync } from "../../src/app/sync.ts";
import { undo } from "../../src/app/undo.ts";
import { readEntries } from "../../src/snapshot/read-snapshot.ts";
import { openStore } from "../../src/store/sqlite/open-store.ts";
import { makeWorld, type World } from "../app/fixture.ts";
import { longText, skillFiles } from "./skill-files.ts";

const reader = fileURLToPath(new URL("./polling-reader.ts", import.meta.url));

function writeSkill(world: World, skill: string, letter: string): void {
  for (const file of skillFiles) world.write(`.agents/skills/${skill}/${file}`, longText(skill, letter));
}

test("a program that reads during syncs sees each file whole, and a new skill whole (P5)", {
  timeout: 300_000,
}, async () => {
  const world = makeWorld();
  try {
    writeSkill(world, "first", "a");
    mkdirSync(join(world.project, ".claude/skills"), { recursive: true });
    await initialise(world.environment, { yes: true, root: ".agents" });
    const child = spawn(process.execPath, ["--no-warnings", reader, join(world.project, ".claude/skills")]);
    const lines: string[] = [];
    const output = createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
    await once(output, "line");
    for (let round = 0; round < 5; round++) {
      writeSkill(world, "first", "bcdefghi"[round] ?? "z");
      writeSkill(world, `new${round}`, "n");
      await sync(world.environment, { direction: "push" });
    }
    child.stdin.end("enough\n");
    await once(child, "close");
    const [ready, ...seen] = lines;
    const looks = Number(seen.pop()?.replace("looks ", ""));
    expect(ready).toBe("ready");
    expect(seen).toEqual([]);
    expect(looks).toBeGreaterThan(8);
  } finally {
    world.dispose();
  }
});

test("a reader of a snapshot is not disturbed by saves and undos that go on meanwhile (P5)", async () => {
  const world = makeWorld();
  try {
    for (let number = 0; number < 40; number++) {
      world.write(`.agents/agents/a${number}.md`, `---\nname: a${number}\ndescription: b\n---\n\nFirst.\n`);
    }
    await initialise(world.environment, { yes: true, root: ".agents" });
    const { clock, random, storeFolder } = world.environment;
    const store = await openStore({
      file: join(storeFolder, "store.db"),
      clock,
      random,
      transport: "inline",
    });
    const head = (await store.history.refs()).find((one) => one.name.includes("/heads/"))?.commit;
    const commit = head === undefined ? undefined : await store.history.commit(head);
    if (commit === undefined) throw new Error("no commit to read");
    const first = [...(await readEntries(store.history, commit.snapshot))];

    let writes = 0;
    const writing = (async () => {
      for (; writes < 10; writes++) {
        world.write(`.agents/agents/a${writes}.md`, `changed ${writes}\n`);
        await save(world.environment);
        if (writes % 3 === 2) await undo(world.environment);
      }
    })();
    let reads = 0;
    while (writes < 10) {
      const entries = [...(await readEntries(store.history, commit.snapshot))];
      expect(entries).toEqual(first);
      const bytes = await store.history.getMany(entries.map(([, entry]) => entry.blob));
      expect(bytes.includes(undefined)).toBe(false);
      reads++;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await writing;
    expect(reads).toBeGreaterThan(10);
    await store.close();
  } finally {
    world.dispose();
  }
});

test("a reader does not wait for a writer that holds the lock, and says as of when it answers (P5)", async () => {
  const world = makeWorld();
  try {
    world.write(".agents/agents/one.md", "---\nname: one\ndescription: b\n---\n");
    await initialise(world.environment, { yes: true, root: ".agents" });
    const codes: string[] = [];
    const confirm = async () => {
      world.write(".agents/agents/two.md", "---\nname: two\ndescription: b\n---\n");
      const { notices } = await status(world.environment);
      codes.push(...notices.map((one) => one.code));
      return false;
    };
    const refused = removeArtifact(world.environment, { artifact: "agent/one", confirm });
    await expect(refused).rejects.toMatchObject({ code: "E-CONFIRM" });
    expect(codes).toContain("W-AS-OF-LAST");
  } finally {
    world.dispose();
  }
});
