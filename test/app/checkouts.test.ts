import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createArtifact } from "../../src/app/create.ts";
import { initialise } from "../../src/app/init.ts";
import { log } from "../../src/app/log.ts";
import { save } from "../../src/app/save.ts";
import { status } from "../../src/app/status.ts";
import { undo } from "../../src/app/undo.ts";
import { verify } from "../../src/app/verify.ts";
import { openUserStore } from "../../src/app/workbench/workbench.ts";
import { blobId } from "../../src/snapshot/hash.ts";
import type { Checkout } from "../../src/store/checkout-store.ts";
import { treeOf } from "./fixture.ts";
import { type GitWorld, makeGitWorld, skill } from "./git-repository.ts";

let world: GitWorld;

beforeEach(async () => {
  world = makeGitWorld();
  world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "one"));
  world.write("AGENTS.md", "Run the tests.\n");
  await initialise(world.environment, { yes: true });
  world.commitAll("begin");
});

afterEach(async () => {
  expect((await verify(world.environment)).data.problems).toEqual([]);
  world.dispose();
});

const at = (folder: string) => world.with({ workingFolder: folder });

async function checkouts(): Promise<readonly Checkout[]> {
  const store = await openUserStore(world.environment);
  try {
    return await store.checkouts.checkouts();
  } finally {
    await store.close();
  }
}

function worktree(name: string, branch: string): string {
  const folder = join(world.folder, name);
  world.git("worktree", "add", "--quiet", "-b", branch, folder);
  return realpathSync(folder);
}

describe("worktrees of one repository", () => {
  test("are checkouts of one collection, each on its own branch, without being asked", async () => {
    const other = worktree("other", "feature/two");
    const told = await status(at(other));
    expect(told.data.collections[0]?.root).toBe(join(other, ".agents"));
    const all = await checkouts();
    expect(new Set(all.map((one) => one.collection)).size).toBe(1);
    expect(all.map((one) => one.branch).sort()).toEqual(["feature/two", "main"]);
  });

  test("are independent: what one saves and undoes does not touch the other", async () => {
    const other = worktree("other", "two");
    await status(at(other));
    const before = treeOf(world.project);
    writeFileSync(join(other, ".agents/skills/lamp/SKILL.md"), skill("lamp", "two"));
    await save(at(other), { message: "two" });
    expect(treeOf(world.project)).toEqual(before);
    expect((await save(world.environment)).data.operation).toBeNull();
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "three"));
    await save(world.environment, { message: "three" });
    await undo(at(other));
    expect(readFileSync(join(other, ".agents/skills/lamp/SKILL.md"), "utf8")).toBe(skill("lamp", "one"));
    expect(world.read(".agents/skills/lamp/SKILL.md")).toBe(skill("lamp", "three"));
  });

  test("what the other working tree does not have is not taken for deleted", async () => {
    world.write(".agents/skills/late/SKILL.md", skill("late"));
    await save(world.environment, { message: "late" });
    const other = worktree("other", "two");
    await status(at(other));
    const first = (await log(at(other), { limit: 20 })).data.operations.filter(
      (one) => one.details.joined === undefined,
    );
    expect(first.flatMap((one) => one.changes).filter((change) => change.after === null)).toEqual([]);
    writeFileSync(join(other, ".agents/skills/lamp/SKILL.md"), skill("lamp", "two"));
    const saved = await save(at(other), { message: "two" });
    expect(saved.data.changed.map((one) => one.path)).toEqual(["skills/lamp/SKILL.md"]);
  });

  test("one that git's branch makes different is git's own operation", async () => {
    world.git("switch", "--quiet", "--create", "two");
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "two"));
    world.commitAll("two");
    world.git("switch", "--quiet", "main");
    const other = join(world.folder, "other");
    world.git("worktree", "add", "--quiet", other, "two");
    await status(at(other));
    const [newest] = (await log(at(other), { limit: 1 })).data.operations;
    expect(newest?.actor.kind).toBe("git");
    expect(newest?.changes.map((one) => one.path)).toEqual(["skills/lamp/SKILL.md"]);
  });

  test("one without a collection file, which git ignores, is joined by init", async () => {
    rmSync(join(world.project, ".git"), { recursive: true });
    world.git("init", "--quiet", "--initial-branch=main");
    world.write(".gitignore", ".agents/stet/\n");
    world.commitAll("without stet");
    const other = worktree("other", "two");
    expect(existsSync(join(other, ".agents/stet"))).toBe(false);
    await expect(status(at(other))).rejects.toMatchObject({ code: "E-NO-COLLECTION" });
    const told = await initialise(at(other), {});
    expect(told.data.written).toBe(false);
    expect(told.data.plan.map((one) => one.text).join("\n")).toContain("the same collection as");
    await initialise(at(other), { yes: true });
    await status(at(other));
    expect(new Set((await checkouts()).map((one) => one.collection)).size).toBe(1);
  });
});

describe("a collection's id that is known from elsewhere", () => {
  function clone(): string {
    const folder = join(world.folder, "clone");
    world.git("clone", "--quiet", world.project, folder);
    return realpathSync(folder);
  }

  test("is not joined before it is confirmed", async () => {
    const copy = clone();
    const before = treeOf(copy);
    await expect(status(at(copy))).rejects.toMatchObject({ code: "E-FOREIGN-COLLECTION" });
    await expect(save(at(copy))).rejects.toMatchObject({ code: "E-FOREIGN-COLLECTION" });
    const shown = await initialise(at(copy), {});
    expect(shown).toMatchObject({ needsDecision: true, data: { written: false } });
    expect(treeOf(copy)).toEqual(before);
    expect(await checkouts()).toHaveLength(1);
  });

  test("is joined as a checkout of its own, on a branch of its own", async () => {
    const copy = clone();
    const before = treeOf(copy);
    const told = await initialise(at(copy), { yes: true });
    expect(told.data.operation).not.toBeNull();
    expect(treeOf(copy)).toEqual(before);
    const all = await checkouts();
    expect(all.map((one) => one.branch).sort()).toEqual(["main", "main-2"]);
    writeFileSync(join(copy, ".agents/skills/lamp/SKILL.md"), skill("lamp", "clone"));
    await save(at(copy), { message: "clone" });
    expect(world.read(".agents/skills/lamp/SKILL.md")).toBe(skill("lamp", "one"));
    await expect(initialise(at(copy), { yes: true })).rejects.toMatchObject({ code: "E-EXISTS" });
  });

  test("is forked with a new id, and its file keeps everything else", async () => {
    const copy = clone();
    const path = join(copy, ".agents/stet/collection.toml");
    const text = readFileSync(path, "utf8");
    const mine = `# mine\n${text.replace("format = 1", "format   =  1 # one")}\n[extra]\nkey = "kept"\n`;
    writeFileSync(path, mine);
    const told = await initialise(at(copy), { fork: true, yes: true });
    const forked = readFileSync(path, "utf8");
    const id = /^id = "([^"]+)"/m;
    expect(id.exec(forked)?.[1]).not.toBe(id.exec(text)?.[1]);
    expect(forked.replace(id, "")).toBe(mine.replace(id, ""));
    expect(new Set((await checkouts()).map((one) => one.collection)).size).toBe(2);
    const [begin] = (await log(at(copy), { limit: 5 })).data.operations;
    expect(begin?.id).toBe(told.data.operation);
    expect((await status(at(copy))).data.pending).toEqual([]);
    // What the file said before is kept, although it was never a version of this collection (P1).
    const store = await openUserStore(world.environment);
    const [kept] = await store.history.inspect([blobId(new TextEncoder().encode(mine))]);
    await store.close();
    expect(kept?.state).toBe("present");
  });

  test("a copied folder counts like a clone", async () => {
    const copy = join(world.folder, "copy");
    cpSync(world.project, copy, { recursive: true });
    await expect(status(at(copy))).rejects.toMatchObject({ code: "E-FOREIGN-COLLECTION" });
  });

  test("another project that got the inode of a removed one is none of its business", async () => {
    const gone = join(world.folder, "gone");
    renameSync(world.project, gone);
    await expect(status(at(gone))).rejects.toMatchObject({ code: "E-DETACHED" });
    mkdirSync(world.project);
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp"));
    await initialise(world.environment, { yes: true });
    await createArtifact(world.environment, { artifact: "skill/other" });
  });
});
