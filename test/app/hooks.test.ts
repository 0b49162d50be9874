import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { blame } from "../../src/app/blame.ts";
import { captureHook } from "../../src/app/capture-hook.ts";
import { initialise } from "../../src/app/init.ts";
import { log } from "../../src/app/log.ts";
import type { ShownOperation } from "../../src/app/outcomes.ts";
import { status } from "../../src/app/status.ts";
import { sync } from "../../src/app/sync.ts";
import { verify } from "../../src/app/verify.ts";
import { tryLockFile } from "../../src/workspace/lock-file.ts";
import { makeWorld, type World } from "./fixture.ts";
import { skill } from "./git-repository.ts";

let world: World;

beforeEach(async () => {
  world = makeWorld();
  world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "one"));
  world.write(".agents/skills/desk/SKILL.md", skill("desk", "one"));
  world.write(".claude/settings.json", "{}\n");
  world.write(".codex/config.toml", "");
  await initialise(world.environment, { yes: true });
  await sync(world.environment, { direction: "both" });
});

afterEach(async () => {
  expect((await verify(world.environment)).data.problems).toEqual([]);
  world.dispose();
});

function claudeEvent(file: string, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    session_id: "s-1",
    cwd: world.project,
    hook_event_name: "PostToolUse",
    tool_name: "Edit",
    agent_type: "reviewer",
    tool_input: { file_path: file },
    ...more,
  });
}

async function newest(limit = 1): Promise<readonly ShownOperation[]> {
  return (await log(world.environment, { limit })).data.operations;
}

describe("the hook of a runtime", () => {
  test("lays a file of the root at its agent's door, and no other", async () => {
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "two"));
    world.write(".agents/skills/desk/SKILL.md", skill("desk", "mine"));
    const json = claudeEvent(join(world.project, ".agents/skills/lamp/SKILL.md"));
    const told = await captureHook(world.environment, { runtime: "claude", json });
    expect(told.data.changed.map((one) => one.path)).toEqual(["skills/lamp/SKILL.md"]);
    const [unknown, agent] = await newest(2);
    expect(agent?.actor).toMatchObject({
      kind: "agent",
      runtime: "claude",
      agentId: "reviewer",
      session: "s-1",
      standing: "claimed",
    });
    expect(unknown?.actor.kind).toBe("unknown");
    expect(unknown?.changes.map((one) => one.path)).toEqual(["skills/desk/SKILL.md"]);
  });

  test("an edit of a target is that agent's when it is taken in, whoever carries it", async () => {
    world.write(".claude/skills/lamp/SKILL.md", skill("lamp", "two"));
    const json = claudeEvent(".claude/skills/lamp/SKILL.md");
    const told = await captureHook(world.environment, { runtime: "claude", json });
    expect(told.data.changed.map((one) => one.path)).toEqual(["claude:project:.claude/skills/lamp/SKILL.md"]);
    const synced = await sync(world.environment, { direction: "both" });
    expect(world.read(".agents/skills/lamp/SKILL.md")).toBe(skill("lamp", "two"));
    expect(synced.data.operation).not.toBeNull();
    const blamed = await blame(world.environment, { artifact: "skill/lamp" });
    expect(JSON.stringify(blamed.data)).toContain("reviewer");
  });

  test("an edit made after the hook is nobody's, whatever the hook said before", async () => {
    world.write(".claude/skills/lamp/SKILL.md", skill("lamp", "two"));
    await captureHook(world.environment, {
      runtime: "claude",
      json: claudeEvent(".claude/skills/lamp/SKILL.md"),
    });
    world.write(".claude/skills/lamp/SKILL.md", skill("lamp", "three"));
    await sync(world.environment, { direction: "both" });
    const blamed = await blame(world.environment, { artifact: "skill/lamp" });
    expect(JSON.stringify(blamed.data)).not.toContain("reviewer");
  });

  test("the versions between two takings-in are kept, each once", async () => {
    for (const body of ["two", "two", "three"]) {
      world.write(".claude/skills/lamp/SKILL.md", skill("lamp", body));
      await captureHook(world.environment, {
        runtime: "claude",
        json: claudeEvent(".claude/skills/lamp/SKILL.md"),
      });
    }
    const found = (await log(world.environment, { limit: 10, artifact: "skill/lamp" })).data.operations;
    expect(found.filter((one) => one.actor.agentId === "reviewer")).toHaveLength(2);
  });

  test("a patch of Codex names its files", async () => {
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "patched"));
    const json = JSON.stringify({
      session_id: "t-1",
      cwd: world.project,
      model: "gpt-5",
      tool_name: "apply_patch",
      tool_input: {
        command: "*** Begin Patch\n*** Update File: .agents/skills/lamp/SKILL.md\n@@\n*** End Patch",
      },
    });
    const told = await captureHook(world.environment, { runtime: "codex", json });
    expect(told.data.operations).toHaveLength(1);
    const [operation] = await newest();
    expect(operation?.actor).toMatchObject({ runtime: "codex", modelId: "gpt-5", session: "t-1" });
  });

  test("a session in a folder that leads there by a link counts the same", async () => {
    const link = join(world.folder, "link");
    symlinkSync(world.project, link);
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "two"));
    const json = claudeEvent(join(link, ".agents/skills/lamp/SKILL.md"), { cwd: link });
    const told = await captureHook(world.environment, { runtime: "claude", json });
    expect(told.data.operations).toHaveLength(1);
  });
});

describe("a hook never fails the runtime", () => {
  test.each([
    ["no JSON", () => "not json"],
    ["an empty text", () => ""],
    ["another shape", () => JSON.stringify([1, 2])],
    ["no files", () => JSON.stringify({ tool_name: "Bash", tool_input: { command: "ls" } })],
    ["a file that is not there", () => claudeEvent("nowhere/at/all.md")],
    ["a file outside the project", () => claudeEvent("/etc/passwd")],
    ["a strange name", () => claudeEvent("a\u0000b\n")],
    ["a folder that is not there", () => claudeEvent("x.md", { cwd: "/nonexistent/folder" })],
  ])("with %s", async (_name, json) => {
    const told = await captureHook(world.environment, { runtime: "claude", json: json() });
    expect(told.data.operations).toEqual([]);
  });

  test("of a runtime that is not known", async () => {
    const told = await captureHook(world.environment, { runtime: "emacs", json: "{}" });
    expect(told.notices.map((one) => one.code)).toEqual(["W-HOOK"]);
  });

  test("outside every collection, where it makes nothing", async () => {
    const elsewhere = join(world.folder, "elsewhere");
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, "a.md"), "a");
    const json = claudeEvent(join(elsewhere, "a.md"), { cwd: elsewhere });
    const told = await captureHook(world.environment, { runtime: "claude", json });
    expect(told).toMatchObject({ data: { operations: [] }, notices: [] });
  });

  test("while another process holds the lock: said, and taken in later", async () => {
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "two"));
    const held = tryLockFile(join(world.project, ".agents/stet/.work/lock"));
    const json = claudeEvent(join(world.project, ".agents/skills/lamp/SKILL.md"));
    const told = await captureHook(world.environment, { runtime: "claude", json });
    held?.release();
    expect(told.data.operations).toEqual([]);
    expect(told.notices.map((one) => one.code)).toContain("W-HOOK");
    await status(world.environment);
    const [operation] = await newest();
    expect(operation?.actor.kind).toBe("unknown");
  });

  test("with a damaged store", async () => {
    writeFileSync(join(world.environment.storeFolder, "broken.db"), "");
    const broken = world.with({ storeFolder: join(world.environment.storeFolder, "broken.db") });
    const json = claudeEvent(join(world.project, ".agents/skills/lamp/SKILL.md"));
    const told = await captureHook(broken, { runtime: "claude", json });
    expect(told.data.operations).toEqual([]);
    expect(told.notices.map((one) => one.code)).toContain("W-HOOK");
  });
});
