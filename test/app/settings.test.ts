import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { allow } from "../../src/app/allow.ts";
import { cat } from "../../src/app/cat.ts";
import { addTarget, getSetting, listSettings, removeTarget, setSetting } from "../../src/app/config.ts";
import { log } from "../../src/app/log.ts";
import { undo } from "../../src/app/undo.ts";
import { refusalOf, TestProject } from "./test-project.ts";

const path = ".agents/rules/tone.md";
const file = ".agents/stet/collection.toml";
const token = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";

async function commented(): Promise<TestProject> {
  const project = await TestProject.imported({ [path]: `token: ${token}\n`, ".claude/settings.json": "{}" });
  await project.saved(file, `${project.read(file)}\n# Mine, and it stays.\n[mine]\nkey = 1.0\n`);
  return project;
}

async function fingerprintIn(project: TestProject): Promise<string> {
  const { next } = await cat(project.environment, { what: "rule/tone" });
  return /stet allow ([0-9a-f]{64})/.exec(next[0] ?? "")?.[1] ?? "";
}

describe("allow", () => {
  test("lets one finding pass, with reason and actor, as an operation; comments stay, and undo takes it back", async () => {
    using project = await commented();
    const fingerprint = await fingerprintIn(project);
    const { data } = await allow(project.environment, { fingerprint, reason: "an example" });
    expect(data.operation).not.toBeNull();
    expect(project.read(file)).toContain("# Mine, and it stays.\n[mine]\nkey = 1.0\n");
    expect(project.read(file)).toContain('reason = "an example"\nby = "ana"');
    expect((await cat(project.environment, { what: "rule/tone" })).data.masked).toBe(false);
    expect((await log(project.environment, { limit: 1 })).data.operations[0]).toMatchObject({
      kind: "settings",
      reason: "an example",
    });
    await undo(project.environment);
    expect((await cat(project.environment, { what: "rule/tone" })).data.masked).toBe(true);
  });

  test("takes a shortened fingerprint of a finding that is there, and refuses any other", async () => {
    using project = await commented();
    const fingerprint = await fingerprintIn(project);
    await allow(project.environment, { fingerprint: fingerprint.slice(0, 8), reason: "an example" });
    expect(project.read(file)).toContain(fingerprint);
    const other = allow(project.environment, { fingerprint: "00000000", reason: "r" });
    expect(await refusalOf(other)).toMatchObject({ code: "E-NOT-FOUND" });
    const silent = allow(project.environment, { fingerprint, reason: " " });
    expect(await refusalOf(silent)).toMatchObject({ code: "E-USAGE" });
  });
});

describe("config", () => {
  test("a setting of the collection is an operation, and its file keeps everything else", async () => {
    using project = await commented();
    const before = project.read(file);
    await setSetting(project.environment, { key: "name", value: "lamps" });
    expect(project.read(file)).toBe(before.replace('name = "project"', 'name = "lamps"'));
    await undo(project.environment);
    expect(project.read(file)).toBe(before);
  });

  test("retention is set and unset by its keys", async () => {
    using project = await commented();
    const before = project.read(file);
    await setSetting(project.environment, { key: "retention.keep-last", value: "5" });
    expect((await getSetting(project.environment, { key: "retention.keep-last" })).data.value).toBe("5");
    await setSetting(project.environment, { key: "retention.keep-last", value: null });
    expect((await getSetting(project.environment, { key: "retention.keep-last" })).data.value).toBeNull();
    expect(project.read(file)).toContain(before.trimEnd());
    expect(project.read(file)).not.toContain("keep-last");
  });

  test("how copies are carried is set by its keys, and a target that is none is refused", async () => {
    using project = await commented();
    const before = project.read(file);
    await setSetting(project.environment, { key: "on-drop", value: "error" });
    await setSetting(project.environment, { key: "as-skill", value: "codex:project" });
    await setSetting(project.environment, { key: "auto-sync", value: "claude:project, codex:project" });
    const { settings } = (await listSettings(project.environment)).data;
    expect(Object.fromEntries(settings.map(({ key, value }) => [key, value]))).toMatchObject({
      "on-drop": "error",
      "as-skill": "codex:project",
      "auto-sync": "claude:project, codex:project",
    });
    for (const key of ["on-drop", "as-skill", "auto-sync"]) {
      const refused = setSetting(project.environment, { key, value: "vim" });
      expect(await refusalOf(refused)).toMatchObject({ code: "E-INVALID" });
      await setSetting(project.environment, { key, value: null });
    }
    expect(project.read(file)).toBe(before);
  });

  test("targets are added and removed, within the scope of the collection", async () => {
    using project = await commented();
    await addTarget(project.environment, { target: "codex" });
    expect(project.read(file)).toContain('targets = ["claude:project", "codex:project"]');
    const again = await addTarget(project.environment, { target: "codex" });
    expect(again.data.operation).toBeNull();
    await removeTarget(project.environment, { target: "claude" });
    expect(project.read(file)).toContain('targets = ["codex:project"]');
    const outside = addTarget(project.environment, { target: "claude:user" });
    expect(await refusalOf(outside)).toMatchObject({ code: "E-UNTRUSTED" });
    const unknown = addTarget(project.environment, { target: "clod" });
    expect(await refusalOf(unknown)).toMatchObject({
      code: "E-NOT-FOUND",
      why: expect.stringContaining("claude"),
    });
  });

  test("what a setting cannot hold is refused, and nothing changes", async () => {
    using project = await commented();
    const before = project.read(file);
    const refused = [
      ["nme", "x", "E-NOT-FOUND"],
      ["name", "a\nb", "E-INVALID"],
      ["name", null, "E-INVALID"],
      ["retention.keep-last", "0", "E-INVALID"],
      ["retention.automatic", "maybe", "E-INVALID"],
      ["targets", "claude", "E-INVALID"],
    ] as const;
    for (const [key, value, code] of refused) {
      expect(await refusalOf(setSetting(project.environment, { key, value }))).toMatchObject({ code });
    }
    expect(project.read(file)).toBe(before);
  });

  test("your own settings hold for all collections, and without one; the rest of the file stays", async () => {
    using project = new TestProject();
    mkdirSync(project.environment.storeFolder);
    const own = join(project.environment.storeFolder, "config.toml");
    writeFileSync(own, "# mine\n[actor] # me\n");
    await setSetting(project.environment, { key: "actor.name", value: "Ana Lima" });
    await setSetting(project.environment, { key: "merge.tool", value: "meld" });
    expect(readFileSync(own, "utf8")).toMatch(/^# mine\n\[actor\] # me\nname = "Ana Lima"\n/);
    const { data } = await listSettings(project.environment);
    expect(data.settings.map((one) => `${one.key}=${one.value}`)).toEqual([
      "actor.name=Ana Lima",
      "merge.tool=meld",
    ]);
  });

  test("the name that you chose is the one in the log", async () => {
    using project = await TestProject.imported({ [path]: "one\n" });
    await setSetting(project.environment, { key: "actor.name", value: "Ana Lima" });
    await project.saved(path, "two\n");
    expect((await log(project.environment, { limit: 1 })).data.operations[0]?.actor.name).toBe("Ana Lima");
  });

  test("a damaged file of your own is never written over", async () => {
    using project = await TestProject.imported({ [path]: "one\n" });
    const own = join(project.environment.storeFolder, "config.toml");
    writeFileSync(own, "[actor\n");
    const setting = setSetting(project.environment, { key: "actor.name", value: "x" });
    expect(await refusalOf(setting)).toMatchObject({
      code: "E-INVALID",
      kept: "The file was left as it is.",
    });
    expect(readFileSync(own, "utf8")).toBe("[actor\n");
  });
});
