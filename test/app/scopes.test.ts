import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createArtifact } from "../../src/app/create.ts";
import type { Environment } from "../../src/app/environment.ts";
import { initialise } from "../../src/app/init.ts";
import { listArtifacts } from "../../src/app/list.ts";
import { log } from "../../src/app/log.ts";
import { promote } from "../../src/app/promote.ts";
import { status } from "../../src/app/status.ts";
import { sync } from "../../src/app/sync.ts";
import { trust } from "../../src/app/trust.ts";
import { redo, undo } from "../../src/app/undo.ts";
import { verify } from "../../src/app/verify.ts";
import { treeOf } from "./fixture.ts";
import { type GitWorld, makeGitWorld, skill } from "./git-repository.ts";

let world: GitWorld;

beforeEach(() => {
  world = makeGitWorld();
});

afterEach(async () => {
  expect((await verify(world.environment)).data.problems).toEqual([]);
  world.dispose();
});

function inHome(path: string, text: string): void {
  mkdirSync(dirname(join(world.home, path)), { recursive: true });
  writeFileSync(join(world.home, path), text);
}

async function names(environment: Environment, scope: "project" | "user" | "local") {
  return (await listArtifacts(environment, { scope })).data.artifacts.map((one) => one.name);
}

/** The home folder without the store. */
function homeTree(): Map<string, string> {
  const tree = treeOf(world.home);
  for (const path of tree.keys()) if (path.startsWith("stet/")) tree.delete(path);
  return tree;
}

describe("the user scope", () => {
  beforeEach(() => {
    inHome(".claude/skills/mine/SKILL.md", skill("mine"));
    inHome(".claude/settings.json", "{}\n");
    inHome(".codex/config.toml", "");
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp"));
    world.write(".claude/settings.json", "{}\n");
  });

  test("is the home folder, and leaves the project alone", async () => {
    const project = treeOf(world.project);
    await initialise(world.environment, { user: true, yes: true });
    await createArtifact(world.environment, { scope: "user", artifact: "skill/desk" });
    await sync(world.environment, { scope: "user", direction: "both" });
    expect(await names(world.environment, "user")).toEqual(["desk", "mine"]);
    expect(treeOf(world.project)).toEqual(project);
    expect(existsSync(join(world.home, ".claude/skills/desk/SKILL.md"))).toBe(true);
    await undo(world.environment, { scope: "user" });
    expect(treeOf(world.project)).toEqual(project);
  });

  test("is left alone by the project", async () => {
    const home = homeTree();
    await initialise(world.environment, { yes: true });
    await createArtifact(world.environment, { artifact: "skill/desk" });
    await sync(world.environment, { direction: "both" });
    await undo(world.environment);
    expect(homeTree()).toEqual(home);
  });

  test("Claude Code's folder alone is the root in place, and nothing is copied", async () => {
    rmSync(join(world.home, ".codex"), { recursive: true });
    const told = await initialise(world.environment, { user: true, yes: true });
    expect(told.data.root).toBe(join(world.home, ".claude"));
    expect(readFileSync(join(world.home, ".claude/skills/mine/SKILL.md"), "utf8")).toBe(skill("mine"));
    expect(existsSync(join(world.home, ".agents"))).toBe(false);
  });

  test("a folder that the person put elsewhere by a link is followed", async () => {
    mkdirSync(join(world.folder, "dotfiles"));
    renameSync(join(world.home, ".claude"), join(world.folder, "dotfiles/claude"));
    symlinkSync(join(world.folder, "dotfiles/claude"), join(world.home, ".claude"));
    await initialise(world.environment, { user: true, yes: true });
    expect(await names(world.environment, "user")).toEqual(["mine"]);
    await createArtifact(world.environment, { scope: "user", artifact: "skill/desk" });
    await sync(world.environment, { scope: "user", direction: "push" });
    expect(existsSync(join(world.folder, "dotfiles/claude/skills/desk/SKILL.md"))).toBe(true);
  });

  test("folders that variables put elsewhere are found and written there", async () => {
    const elsewhere = join(world.folder, "claude-home");
    mkdirSync(join(elsewhere, "skills/moved"), { recursive: true });
    writeFileSync(join(elsewhere, "skills/moved/SKILL.md"), skill("moved"));
    const codexHome = join(world.folder, "codex-home");
    mkdirSync(codexHome);
    const variables = { ...world.environment.variables, CLAUDE_CONFIG_DIR: elsewhere, CODEX_HOME: codexHome };
    const there = world.with({ variables });
    await initialise(there, { user: true, yes: true });
    expect(await names(there, "user")).toEqual(["moved"]);
    await createArtifact(there, { scope: "user", artifact: "agent/critic", content: agent("critic") });
    await sync(there, { scope: "user", direction: "push" });
    expect(existsSync(join(elsewhere, "agents/critic.md"))).toBe(true);
    expect(existsSync(join(codexHome, "agents/critic.toml"))).toBe(true);
    expect(existsSync(join(world.home, ".claude/agents"))).toBe(false);
  });
});

function agent(name: string): string {
  return `---\nname: ${name}\ndescription: Looks twice.\n---\n\nLook twice.\n`;
}

describe("private drafts", () => {
  beforeEach(async () => {
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp"));
    world.write(".claude/settings.json", "{}\n");
    await initialise(world.environment, { yes: true });
    world.commitAll("begin");
    await initialise(world.environment, { scope: "local", yes: true });
  });

  test("are a collection of their own, which neither git nor a runtime sees", async () => {
    await createArtifact(world.environment, { scope: "local", artifact: "skill/idea" });
    expect(await names(world.environment, "local")).toEqual(["idea"]);
    expect(await names(world.environment, "project")).toEqual(["lamp"]);
    expect(world.git("status", "--porcelain")).toBe("");
    await sync(world.environment, { direction: "both" });
    expect(existsSync(join(world.project, ".claude/skills/idea"))).toBe(false);
    const file = ".agents/stet/local/stet/collection.toml";
    world.write(file, world.read(file).replace("targets = []", 'targets = ["claude:project"]'));
    const synced = await sync(world.environment, { scope: "local", direction: "both" });
    expect(synced.data.changed).toEqual([]);
    expect(existsSync(join(world.project, ".claude/skills/idea"))).toBe(false);
  });

  test("are promoted by one operation over both collections, which one undo takes back", async () => {
    await createArtifact(world.environment, { scope: "local", artifact: "skill/idea" });
    const text = world.read(".agents/stet/local/skills/idea/SKILL.md");
    const before = treeOf(world.project);
    const told = await promote(world.environment, { artifact: "skill/idea" });
    expect(await names(world.environment, "local")).toEqual([]);
    expect(await names(world.environment, "project")).toEqual(["idea", "lamp"]);
    expect(world.read(".agents/skills/idea/SKILL.md")).toBe(text);
    for (const scope of ["project", "local"] as const) {
      const [newest] = (await log(world.environment, { scope, limit: 1 })).data.operations;
      expect(newest?.id).toBe(told.data.operation);
    }
    const after = treeOf(world.project);
    await undo(world.environment);
    expect(treeOf(world.project)).toEqual(before);
    await redo(world.environment);
    expect(treeOf(world.project)).toEqual(after);
    await undo(world.environment, { scope: "local" });
    expect(treeOf(world.project)).toEqual(before);
  });

  test("are not promoted over one of that name", async () => {
    await createArtifact(world.environment, { scope: "local", artifact: "skill/lamp" });
    await expect(promote(world.environment, { artifact: "skill/lamp" })).rejects.toMatchObject({
      code: "E-EXISTS",
    });
    expect(await names(world.environment, "local")).toEqual(["lamp"]);
  });

  test("without them there is nothing to promote", async () => {
    world.remove(".agents/stet/local");
    await expect(promote(world.environment, { artifact: "skill/x" })).rejects.toMatchObject({
      code: "E-NO-COLLECTION",
    });
    await expect(status(world.environment, { scope: "local" })).rejects.toMatchObject({ code: "E-DETACHED" });
  });
});

describe("what a project asks for outside itself", () => {
  async function askForHome(): Promise<void> {
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp"));
    await initialise(world.environment, { yes: true });
    const file = ".agents/stet/collection.toml";
    world.write(file, world.read(file).replace(/targets = \[.*\]/, 'targets = ["claude:user"]'));
  }

  test("is not followed before it is trusted, on this machine and not in the project", async () => {
    await askForHome();
    const home = homeTree();
    const synced = await sync(world.environment, { direction: "both" });
    expect(synced.needsDecision).toBe(true);
    expect(synced.data.skipped.map((one) => one.what)).toEqual(["claude:user"]);
    await expect(
      sync(world.environment, { direction: "push", targets: ["claude:user"] }),
    ).rejects.toMatchObject({ code: "E-UNTRUSTED" });
    expect((await status(world.environment)).notices.map((one) => one.code)).toContain("E-UNTRUSTED");
    expect(homeTree()).toEqual(home);

    expect((await trust(world.environment)).needsDecision).toBe(true);
    expect(homeTree()).toEqual(home);
    const project = treeOf(world.project);
    const told = await trust(world.environment, { yes: true });
    expect(told.data.trusted).toEqual(["claude:user"]);
    expect(treeOf(world.project)).toEqual(project);
    await sync(world.environment, { direction: "push" });
    expect(readFileSync(join(world.home, ".claude/skills/lamp/SKILL.md"), "utf8")).toBe(skill("lamp"));
  });

  test("trust is of what was shown: a target that is named later is asked for again", async () => {
    await askForHome();
    await trust(world.environment, { yes: true });
    const file = ".agents/stet/collection.toml";
    world.write(file, world.read(file).replace('["claude:user"]', '["claude:user", "codex:user"]'));
    const synced = await sync(world.environment, { direction: "push" });
    expect(synced.data.skipped.map((one) => one.what)).toEqual(["codex:user"]);
  });

  test("a root that is a link out of the project is not followed", async () => {
    inHome(".agents/skills/mine/SKILL.md", skill("mine"));
    await initialise(world.environment, { user: true, yes: true });
    symlinkSync(join(world.home, ".agents"), join(world.project, ".agents"));
    const home = homeTree();
    await expect(status(world.environment)).rejects.toMatchObject({ code: "E-UNTRUSTED" });
    await expect(initialise(world.environment, { yes: true })).rejects.toMatchObject({
      code: "E-UNTRUSTED",
    });
    expect(homeTree()).toEqual(home);
  });

  test("a target's folder that is a link within the project is written where it leads", async () => {
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp"));
    world.write("config/claude/settings.json", "{}\n");
    symlinkSync("config/claude", join(world.project, ".claude"));
    await initialise(world.environment, { yes: true });
    await sync(world.environment, { direction: "both" });
    expect(world.read("config/claude/skills/lamp/SKILL.md")).toBe(skill("lamp"));
  });

  test("a target's folder that is a link out of the project is not written", async () => {
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp"));
    inHome(".claude/skills/mine/SKILL.md", skill("mine"));
    symlinkSync(join(world.home, ".claude"), join(world.project, ".claude"));
    const home = homeTree();
    await initialise(world.environment, { yes: true });
    // What lies there is the person's own: it is not imported into the project either.
    expect(await names(world.environment, "project")).toEqual(["lamp"]);
    const synced = await sync(world.environment, { direction: "both" });
    expect(synced.data.skipped).toMatchObject([{ what: "claude:project" }]);
    expect(homeTree()).toEqual(home);
  });
});
