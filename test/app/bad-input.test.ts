import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cat } from "../../src/app/cat.ts";
import { createArtifact } from "../../src/app/create.ts";
import type { Environment } from "../../src/app/environment.ts";
import { initialise } from "../../src/app/init.ts";
import { listArtifacts } from "../../src/app/list.ts";
import { log } from "../../src/app/log.ts";
import { save } from "../../src/app/save.ts";
import { status } from "../../src/app/status.ts";
import { sync } from "../../src/app/sync.ts";
import { undo } from "../../src/app/undo.ts";
import { verify } from "../../src/app/verify.ts";
import { StetError } from "../../src/domain/errors.ts";
import { makeWorld, treeOf, type World } from "./fixture.ts";
import { skill } from "./git-repository.ts";

let world: World;

beforeEach(async () => {
  world = makeWorld();
  await begin(world);
});

afterEach(() => world.dispose());

async function begin(one: World): Promise<void> {
  one.write(".agents/skills/lamp/SKILL.md", skill("lamp", "one"));
  one.write(".claude/settings.json", "{}\n");
  await initialise(one.environment, { yes: true });
  await sync(one.environment, { direction: "both" });
}

async function isWhole(): Promise<void> {
  expect((await verify(world.environment)).data.problems).toEqual([]);
}

async function paths(): Promise<readonly string[]> {
  const { operations } = (await log(world.environment, { limit: 50 })).data;
  return operations.flatMap((one) => one.changes.map((change) => change.path));
}

const root = () => join(world.project, ".agents");

describe("names that cannot be kept", () => {
  const illFormed = Buffer.concat([
    Buffer.from(".agents/skills/lamp/"),
    Buffer.from([0x66, 0xff, 0x2e, 0x6d, 0x64]),
  ]);
  const cases: readonly (readonly [string, () => void, RegExp])[] = [
    [
      "bytes that are no UTF-8",
      () => writeFileSync(Buffer.concat([Buffer.from(`${world.project}/`), illFormed]), "x"),
      /not UTF-8/,
    ],
    ["a newline", () => world.write(".agents/skills/lamp/a\nb.md", "x"), /control character/],
    ["a backslash", () => world.write(".agents/skills/lamp/a\\b.md", "x"), /backslash/],
  ];
  test.each(cases)("%s: said, left alone, and the rest goes on", async (_name, make, why) => {
    make();
    const names = () => readdirSync(join(root(), "skills/lamp"), { encoding: "buffer" }).map(String);
    const before = names();
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "two"));
    const saved = await save(world.environment, { message: "two" });
    expect(saved.data.changed.map((one) => one.path)).toEqual(["skills/lamp/SKILL.md"]);
    expect(saved.notices.map((one) => one.text).join("\n")).toMatch(why);
    await sync(world.environment, { direction: "both" });
    await undo(world.environment, { any: true });
    expect(names()).toEqual(before);
    await isWhole();
  });

  test("two that differ only by case, or only by Unicode form, are both blocked, each naming the other", async () => {
    world.write(".agents/skills/lamp/Notes.md", "upper");
    world.write(".agents/skills/lamp/notes.md", "lower");
    world.write(".agents/skills/lamp/caf\u00e9.md", "composed");
    world.write(".agents/skills/lamp/cafe\u0301.md", "decomposed");
    const told = await status(world.environment);
    const text = told.notices.map((one) => one.text).join("\n");
    expect(text).toMatch(/lamp\/Notes\.md: it differs only by case or Unicode form from .*lamp\/notes\.md/);
    expect(text).toMatch(/lamp\/notes\.md: it differs only by case or Unicode form from .*lamp\/Notes\.md/);
    expect(text).toContain("caf\u00e9.md");
    expect((await paths()).filter((path) => path.includes("otes"))).toEqual([]);
    await sync(world.environment, { direction: "both" });
    expect(world.read(".agents/skills/lamp/Notes.md")).toBe("upper");
    expect(world.read(".agents/skills/lamp/cafe\u0301.md")).toBe("decomposed");
    await isWhole();
  });

  test.each(["con", "../../escape", "-rf", "a::b", "x".repeat(300), "a\nb"])(
    "a new artifact is not called %j, and nothing is made (BUGS X2, D5)",
    async (name) => {
      const before = treeOf(world.folder);
      const made = createArtifact(world.environment, { artifact: `skill/${name}` });
      await expect(made).rejects.toBeInstanceOf(StetError);
      const after = treeOf(world.folder);
      for (const path of after.keys())
        if (!path.includes("/stet/")) expect(before.has(path), path).toBe(true);
    },
  );
});

describe("files that cannot be kept", () => {
  test("a link that leaves the root is neither followed nor replaced", async () => {
    writeFileSync(join(world.folder, "outside.md"), "outside");
    symlinkSync("../../../../outside.md", join(root(), "skills/lamp/link.md"));
    symlinkSync("/etc", join(root(), "skills/etc"));
    const told = await save(world.environment);
    expect(told.notices.map((one) => one.text).join("\n")).toContain("skills/lamp/link.md");
    expect((await paths()).filter((path) => path.includes("link") || path.includes("etc"))).toEqual([]);
    expect(treeOf(root()).get("skills/lamp/link.md")).toBe("-> ../../../../outside.md");
    await isWhole();
  });

  test("a fifo is not opened", async () => {
    execFileSync("mkfifo", [join(root(), "skills/lamp/pipe")]);
    const told = await save(world.environment);
    expect(told.notices.map((one) => one.text).join("\n")).toMatch(/pipe: .*not a regular file/);
    await isWhole();
  });

  test("a sparse file of 2 GB is over the limit: left alone, never deleted, and said", async () => {
    const path = join(root(), "skills/lamp/huge.bin");
    const descriptor = openSync(path, "w");
    ftruncateSync(descriptor, 2 * 1024 ** 3);
    closeSync(descriptor);
    const told = await save(world.environment);
    expect(told.notices.map((one) => one.text).join("\n")).toMatch(/huge\.bin: .*limit/);
    await sync(world.environment, { direction: "both" });
    expect((await paths()).filter((one) => one.includes("huge"))).toEqual([]);
    await isWhole();
    rmSync(path);
    expect((await save(world.environment)).data.operation).toBeNull();
  });

  test("text that is no UTF-8 and frontmatter that does not parse are versioned as they are, and reported", async () => {
    const bytes = Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff, 0xfe, 0x0a]);
    world.write(".agents/skills/raw/SKILL.md", bytes);
    world.write(".agents/skills/torn/SKILL.md", "---\nname: [torn\n---\n\nBody\n");
    await save(world.environment);
    const listed = (await listArtifacts(world.environment)).data.artifacts;
    for (const name of ["raw", "torn"]) {
      expect(listed.find((one) => one.name === name)?.problems, name).not.toEqual([]);
    }
    const back = await cat(world.environment, { what: "skill/raw" });
    expect(Buffer.from(back.data.bytes)).toEqual(bytes);
    await isWhole();
  });

  test("a folder that cannot be read makes none of its files deleted", async () => {
    const folder = join(root(), "skills/lamp");
    await asOrdinaryUser(async () => {
      chmodSync(folder, 0o000);
      try {
        world.write(".agents/skills/desk/SKILL.md", skill("desk"));
        const told = await save(world.environment);
        expect(told.data.changed.map((one) => one.path)).toEqual(["skills/desk/SKILL.md"]);
        expect(told.notices.map((one) => one.text).join("\n")).toContain("skills/lamp: the system refused");
        await expect(sync(world.environment, { direction: "push" })).resolves.toBeDefined();
      } finally {
        chmodSync(folder, 0o755);
      }
      expect((await save(world.environment)).data.operation).toBeNull();
    });
    await isWhole();
  });
});

/** The superuser reads and writes everything: gives the world to nobody and works as that user. */
async function asOrdinaryUser(work: () => Promise<void>): Promise<void> {
  const { geteuid, seteuid } = process;
  if (geteuid?.() !== 0 || seteuid === undefined) return await work();
  execFileSync("chown", ["-R", "65534", world.folder]);
  seteuid(65534);
  try {
    await work();
  } finally {
    seteuid(0);
  }
}

describe("so much is gone", () => {
  beforeEach(async () => {
    for (let number = 0; number < 12; number++)
      world.write(`.agents/skills/s${number}/SKILL.md`, skill(`s${number}`));
    await save(world.environment);
  });

  test("that it is not recorded as deleted before it is confirmed", async () => {
    for (let number = 0; number < 9; number++) world.remove(`.agents/skills/s${number}`);
    const told = await status(world.environment);
    expect(told.notices.map((one) => one.code)).toContain("E-MASS-LOSS");
    await expect(save(world.environment)).rejects.toMatchObject({ code: "E-MASS-LOSS" });
    await expect(sync(world.environment, { direction: "both" })).rejects.toMatchObject({
      code: "E-MASS-LOSS",
    });
    const saved = await save(world.environment, { yes: true });
    expect(saved.data.changed).toHaveLength(9);
    await undo(world.environment);
    expect(world.read(".agents/skills/s0/SKILL.md")).toBe(skill("s0"));
    await isWhole();
  });
});

describe("the store", () => {
  const file = () => join(world.environment.storeFolder, "store.db");

  test("of a newer version is not written", async () => {
    const database = new DatabaseSync(file());
    database.exec("PRAGMA user_version = 9999");
    database.close();
    const before = readFileSync(file());
    await expect(save(world.environment)).rejects.toMatchObject({ code: "E-STORE-NEWER" });
    await expect(status(world.environment)).rejects.toMatchObject({ code: "E-STORE-NEWER" });
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  test("that is no database at all is told, and not made anew (BUGS S12)", async () => {
    writeFileSync(file(), "garbage ".repeat(2000));
    for (const end of ["-wal", "-shm"]) rmSync(file() + end, { force: true });
    await expect(status(world.environment)).rejects.toMatchObject({ code: "E-STORE-DAMAGED" });
    expect(readFileSync(file(), "utf8").startsWith("garbage")).toBe(true);
  });

  test("with damaged pages is told, and what it can still answer it answers; nothing on disk changes", async () => {
    for (let number = 0; number < 40; number++)
      world.write(`.agents/skills/s${number}/SKILL.md`, skill(`s${number}`, "text ".repeat(400 + number)));
    await save(world.environment);
    const database = new DatabaseSync(file());
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    database.close();
    const pages = Math.floor(statSync(file()).size / 4096);
    const before = treeOf(world.project);
    const bytes = readFileSync(file());
    for (let page = Math.floor(pages / 2); page < pages; page += 3)
      bytes.fill(0xee, page * 4096, page * 4096 + 4096);
    writeFileSync(file(), bytes);
    const told = await Promise.allSettled([
      verify(world.environment),
      status(world.environment),
      log(world.environment, { limit: 5 }),
      listArtifacts(world.environment),
      save(world.environment),
    ]);
    for (const one of told)
      if (one.status === "rejected")
        expect(one.reason).toMatchObject({
          code: expect.stringMatching(/^E-(STORE-DAMAGED|OBJECT-MISSING)$/),
        });
    const [verified] = told;
    const isNoticed = verified?.status === "rejected" || verified.value.data.problems.length > 0;
    expect(isNoticed).toBe(true);
    expect(treeOf(world.project)).toEqual(before);
  });

  test("without a collection's file is unknown, not an empty history", async () => {
    const elsewhere = world.with({ storeFolder: join(world.folder, "other-store") });
    await expect(status(elsewhere)).rejects.toMatchObject({ code: "E-NO-COLLECTION" });
  });
});

describe("a collection file", () => {
  const path = ".agents/stet/collection.toml";
  test.each([
    ["damaged", "id = [broken"],
    ["of a newer format", 'format = 99\nid = "x"\nname = "x"\n'],
    ["empty", ""],
  ])("that is %s is told, never taken for absent", async (_name, text) => {
    world.write(path, text);
    await expect(status(world.environment)).rejects.toMatchObject({ code: "E-INVALID" });
    await expect(initialise(world.environment, { yes: true })).rejects.toMatchObject({ code: "E-INVALID" });
    expect(world.read(path)).toBe(text);
  });
});

describe("the clock", () => {
  test.each([
    ["stands still", () => 0],
    ["runs backward", (call: number) => -call * 1_000_000],
    ["jumps a century ahead and back", (call: number) => (call % 7 === 3 ? 3_155_760_000_000_000 : 0)],
  ])("%s: the log's times increase strictly, and undo takes the newest", async (_name, drift) => {
    let call = 0;
    const start = Date.now() * 1000;
    const odd = makeWorld(() => start + drift(call++));
    try {
      await begin(odd);
      for (const body of ["two", "three", "four"]) {
        odd.write(".agents/skills/lamp/SKILL.md", skill("lamp", body));
        await save(odd.environment, { message: body });
      }
      const at = (await log(odd.environment, { limit: 50 })).data.operations.map((one) => one.at);
      expect([...at].sort().reverse()).toEqual(at);
      expect(new Set(at).size).toBe(at.length);
      await undo(odd.environment);
      expect(odd.read(".agents/skills/lamp/SKILL.md")).toBe(skill("lamp", "three"));
      expect((await verify(odd.environment)).data.problems).toEqual([]);
    } finally {
      odd.dispose();
    }
  });
});

describe("several at once", () => {
  test("every acknowledged save of concurrent callers is in the log, once", async () => {
    const saves = await Promise.all(
      Array.from({ length: 6 }, async (_, number) => {
        return await createArtifact(world.environment, { artifact: `skill/n${number}` });
      }),
    );
    const ids = saves.map((one) => one.data.operation);
    const logged = (await log(world.environment, { limit: 50 })).data.operations.map((one) => one.id);
    for (const id of ids) expect(logged.filter((one) => one === id)).toHaveLength(1);
    for (let number = 0; number < 6; number++)
      expect((await listArtifacts(world.environment)).data.artifacts.map((one) => one.name)).toContain(
        `n${number}`,
      );
    await isWhole();
  });

  test("a reader answers while another process holds the lock, and says as of when", async () => {
    const work = join(root(), "stet/.work/lock");
    const holder = spawn(
      process.execPath,
      [
        "--input-type=module",
        "-e",
        `import { DatabaseSync } from "node:sqlite";
         const database = new DatabaseSync(${JSON.stringify(work)});
         database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
         console.log("held");
         setInterval(() => {}, 1000);`,
      ],
      { stdio: ["ignore", "pipe", "ignore"] },
    );
    try {
      await new Promise<void>((resolve) => holder.stdout.once("data", () => resolve()));
      world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "two"));
      const told = await status(world.environment);
      expect(told.notices.map((one) => one.code)).toContain("W-AS-OF-LAST");
      expect(told.data.collections[0]?.artifacts).toBe(1);
    } finally {
      holder.kill("SIGKILL");
    }
    await new Promise<void>((resolve) => holder.once("close", () => resolve()));
    expect((await save(world.environment)).data.operation).not.toBeNull();
    await isWhole();
  });
});

describe("where nothing can be written", () => {
  /** Mounts a folder over itself, read-only; false where that is not allowed. */
  function makeReadOnly(folder: string): boolean {
    try {
      execFileSync("mount", ["--bind", folder, folder], { stdio: "ignore" });
    } catch {
      return false;
    }
    try {
      execFileSync("mount", ["-o", "remount,bind,ro", folder], { stdio: "ignore" });
      return true;
    } catch {
      execFileSync("umount", [folder], { stdio: "ignore" });
      return false;
    }
  }

  const folders: readonly (readonly [string, () => readonly string[]])[] = [
    ["the store", () => [world.environment.storeFolder]],
    ["the project", () => [world.project]],
    ["the store and the project", () => [world.environment.storeFolder, world.project]],
  ];

  test.each(folders)(
    "%s: reading commands answer, writing ones refuse and change nothing",
    async (_name, which) => {
      // A change that nobody has captured yet.
      world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "two"));
      const mounted: string[] = [];
      for (const folder of which()) if (makeReadOnly(folder)) mounted.push(folder);
      try {
        if (mounted.length < which().length) {
          process.stderr.write("skipped: a read-only mount is not allowed here\n");
          return;
        }
        const before = treeOf(world.project);
        const reads: readonly ((environment: Environment) => Promise<unknown>)[] = [
          (environment) => listArtifacts(environment),
          (environment) => log(environment, { limit: 10 }),
          (environment) => status(environment),
          (environment) => cat(environment, { what: "skill/lamp" }),
          (environment) => sync(environment, { direction: "both", dryRun: true }),
          (environment) => verify(environment),
        ];
        for (const read of reads) await read(world.environment);
        const told = await status(world.environment);
        if (which().includes(world.environment.storeFolder))
          expect(told.notices.map((one) => one.code)).toContain("W-AS-OF-LAST");
        expect(treeOf(world.project)).toEqual(before);
        await expect(createArtifact(world.environment, { artifact: "skill/x" })).rejects.toMatchObject({
          code: "E-PERMISSION",
        });
      } finally {
        for (const folder of mounted) execFileSync("umount", [folder], { stdio: "ignore" });
      }
      expect((await save(world.environment)).data.operation).not.toBeUndefined();
      await isWhole();
    },
  );

  test("the first look at a project makes no store", async () => {
    const storeFolder = join(world.folder, "no-store");
    const fresh = join(world.folder, "fresh");
    mkdirSync(fresh);
    await initialise(world.with({ storeFolder, workingFolder: fresh }), { dryRun: true });
    await expect(log(world.with({ storeFolder, workingFolder: fresh }), { limit: 1 })).rejects.toMatchObject({
      code: "E-NO-COLLECTION",
    });
    expect(treeOf(world.folder).has("no-store/store.db")).toBe(false);
  });
});
