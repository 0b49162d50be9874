import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { detach } from "../../src/app/detach.ts";
import { installHooks } from "../../src/app/init/hooks.ts";
import { initialise } from "../../src/app/init.ts";
import { log } from "../../src/app/log.ts";
import { relink } from "../../src/app/relink.ts";
import { save } from "../../src/app/save.ts";
import { status } from "../../src/app/status.ts";
import { sync } from "../../src/app/sync.ts";
import { undo } from "../../src/app/undo.ts";
import { verify } from "../../src/app/verify.ts";
import { makeWorld, treeOf, type World } from "./fixture.ts";
import { skill } from "./git-repository.ts";

let world: World;
/** The project before stet came. */
let untouched: Map<string, string>;

beforeEach(async () => {
  world = makeWorld();
  world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "one"));
  world.write(".agents/skills/desk/SKILL.md", skill("desk"));
  world.write(".claude/settings.json", '{\n  // mine\n  "model": "opus"\n}\n');
  world.write(".codex/config.toml", "");
  world.write("AGENTS.md", "Run the tests.\n");
  untouched = treeOf(world.project);
  await initialise(world.environment, { yes: true });
});

afterEach(async () => {
  expect((await verify(world.environment)).data.problems).toEqual([]);
  world.dispose();
});

describe("detach", () => {
  test("shows a plan and does nothing before it is confirmed", async () => {
    const before = treeOf(world.project);
    const told = await detach(world.environment);
    expect(told).toMatchObject({ needsDecision: true, data: { written: false } });
    expect(treeOf(world.project)).toEqual(before);
  });

  test("leaves every file as it was before stet came, and the history in the store", async () => {
    await installHooks(world.environment);
    expect(world.read(".claude/settings.json")).toContain("stet capture --hook claude");
    expect(world.read(".codex/hooks.json")).toContain("stet capture --hook codex");
    const told = await detach(world.environment, { yes: true });
    expect(told.data.written).toBe(true);
    expect(treeOf(world.project)).toEqual(untouched);
    expect(readdirSync(join(world.project, ".agents"))).toEqual(["skills"]);
    await expect(status(world.environment)).rejects.toMatchObject({ code: "E-NO-COLLECTION" });
    const report = await verify(world.environment);
    expect(report.data.operations).toBeGreaterThan(2);
    await initialise(world.environment, { yes: true });
  });

  test("keeps what was edited meanwhile, and a collection file that nobody kept yet", async () => {
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "two"));
    world.write(".agents/stet/mcp/db.json", "{}\n");
    await detach(world.environment, { yes: true });
    expect(world.read(".agents/skills/lamp/SKILL.md")).toBe(skill("lamp", "two"));
    expect(world.read(".agents/stet/mcp/db.json")).toBe("{}\n");
  });

  test("forgets a checkout whose root is gone", async () => {
    rmSync(join(world.project, ".agents"), { recursive: true });
    const told = await detach(world.environment, { yes: true });
    expect(told.data.operation).not.toBeNull();
    await expect(status(world.environment)).rejects.toMatchObject({ code: "E-NO-COLLECTION" });
  });
});

describe("hooks", () => {
  test("are installed once, without touching the user's own bytes, and undone", async () => {
    const before = world.read(".claude/settings.json");
    const told = await installHooks(world.environment);
    expect(told.data.changed.map((one) => one.path).sort()).toEqual([
      "claude:project:.claude/settings.json#hooks/capture",
      "codex:project:.codex/hooks.json#hooks/capture",
    ]);
    expect(world.read(".claude/settings.json")).toContain("// mine");
    expect((await installHooks(world.environment)).data.operation).toBeNull();
    await undo(world.environment);
    expect(world.read(".claude/settings.json")).toBe(before);
    expect(existsSync(join(world.project, ".codex/hooks.json"))).toBe(false);
  });

  test("init installs them with the rest of its plan, or by itself later", async () => {
    const fresh = makeWorld();
    try {
      fresh.write(".claude/skills/lamp/SKILL.md", skill("lamp"));
      fresh.write(".codex/config.toml", "");
      const before = treeOf(fresh.project);
      const shown = await initialise(fresh.environment, { hooks: true });
      expect(shown.data.plan.map((one) => one.text).join("\n")).toContain(
        ".claude/settings.json gets a hook",
      );
      expect(treeOf(fresh.project)).toEqual(before);
      const begun = await initialise(fresh.environment, { yes: true });
      expect(begun.next).toContain("stet init --hooks");
      const told = await initialise(fresh.environment, { hooks: true, yes: true });
      expect(told.data.operation).not.toBeNull();
      expect(fresh.read(".claude/settings.json")).toContain("stet capture --hook claude");
      await undo(fresh.environment);
      expect(treeOf(fresh.project).has(".claude/settings.json")).toBe(false);
    } finally {
      fresh.dispose();
    }
  });

  test("a settings file that is not valid is left alone and named", async () => {
    world.write(".claude/settings.json", "{ broken");
    const told = await installHooks(world.environment);
    expect(told.data.skipped.map((one) => one.what)).toEqual([".claude/settings.json"]);
    expect(world.read(".claude/settings.json")).toBe("{ broken");
  });
});

describe("relink", () => {
  test("takes note of a project that was moved, and its history goes on", async () => {
    const [before] = (await log(world.environment, { limit: 1 })).data.operations;
    const moved = join(world.folder, "moved");
    renameSync(world.project, moved);
    const there = world.with({ workingFolder: moved });
    await expect(status(there)).rejects.toMatchObject({ code: "E-DETACHED" });
    const told = await relink(there);
    expect(told.data.written).toBe(true);
    expect((await status(there)).data.rows).toBeDefined();
    const operations = (await log(there, { limit: 5 })).data.operations;
    expect(operations.map((one) => one.kind)).toEqual(["relink", before?.kind]);
    expect((await save(there)).data.operation).toBeNull();
  });

  test("joins a root that was replaced, once confirmed: nothing is read as deleted, nothing is replaced", async () => {
    await sync(world.environment, { direction: "both" });
    const root = join(world.project, ".agents");
    const file = join(root, "stet/collection.toml");
    const manifest = world.read(".agents/stet/collection.toml");
    const whole = treeOf(root);
    // The old folder stays, so that the new one cannot get its inode.
    renameSync(root, join(world.folder, "old"));
    mkdirSync(join(root, "stet"), { recursive: true });
    writeFileSync(file, manifest);
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "other"));
    await expect(status(world.environment)).rejects.toMatchObject({ code: "E-DETACHED" });
    await expect(save(world.environment)).rejects.toMatchObject({ code: "E-DETACHED" });
    const shown = await relink(world.environment);
    expect(shown.needsDecision).toBe(true);
    expect(shown.data.plan.map((one) => one.text).join("\n")).toContain("skills/desk/SKILL.md");
    expect(existsSync(join(root, "skills/desk"))).toBe(false);

    await relink(world.environment, { yes: true });
    expect(world.read(".agents/skills/lamp/SKILL.md")).toBe(skill("lamp", "other"));
    expect(treeOf(root).get("skills/desk/SKILL.md")).toBe(whole.get("skills/desk/SKILL.md"));
    const saved = await save(world.environment, { message: "other" });
    expect(saved.data.changed.map((one) => one.path)).toEqual(["skills/lamp/SKILL.md"]);
    const all = (await log(world.environment, { limit: 20 })).data.operations;
    const deleted = all.flatMap((one) => one.changes).filter((change) => change.after === null);
    expect(deleted).toEqual([]);
  });

  test("puts back a root that is gone, once confirmed", async () => {
    const root = join(world.project, ".agents");
    const whole = treeOf(root);
    rmSync(root, { recursive: true });
    await expect(status(world.environment)).rejects.toMatchObject({ code: "E-DETACHED" });
    await relink(world.environment, { yes: true });
    const back = treeOf(root);
    for (const [path, hash] of whole) if (path !== "stet/.gitignore") expect(back.get(path)).toBe(hash);
    expect((await save(world.environment)).data.operation).toBeNull();
  });

  test("puts back only the collection file where that alone is gone", async () => {
    world.remove(".agents/stet/collection.toml");
    world.remove(".agents/skills/desk");
    await expect(status(world.environment)).rejects.toMatchObject({ code: "E-DETACHED" });
    await relink(world.environment, { yes: true });
    const saved = await save(world.environment);
    expect(saved.data.changed).toMatchObject([{ path: "skills/desk/SKILL.md", after: null }]);
  });

  test("does nothing where nothing is amiss", async () => {
    expect((await relink(world.environment, { yes: true })).data.operation).toBeNull();
  });
});
