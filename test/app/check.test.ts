import { existsSync, rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check } from "../../src/app/check.ts";
import { sync } from "../../src/app/sync.ts";
import { refusalOf, TestProject } from "./test-project.ts";

const agent = ".agents/agents/reviewer.md";
const copy = ".claude/agents/reviewer.md";
const text = "---\nname: reviewer\ndescription: Reviews.\n---\n\nRead it.\n";

/** A synced project on a machine that has none of its history. */
async function cloned(): Promise<TestProject> {
  const project = await TestProject.imported({ [agent]: text, ".claude/settings.json": "{}" });
  await sync(project.environment, { direction: "both" });
  rmSync(project.environment.storeFolder, { recursive: true });
  return project;
}

describe("check", () => {
  test("passes where root and targets agree, and needs no store", async () => {
    using project = await cloned();
    const { data, needsDecision } = await check(project.environment);
    expect(data).toEqual({ differences: [], extras: [], artifacts: 1, targets: 1 });
    expect(needsDecision).toBe(false);
    expect(existsSync(project.environment.storeFolder)).toBe(false);
  });

  test.each([
    ["the root was edited", agent, `${text}More.\n`],
    ["a copy was edited", copy, `${text}More.\n`],
  ])("finds that %s, with a reason", async (_what, path, edited) => {
    using project = await cloned();
    project.write(path, edited);
    const { data, next } = await check(project.environment);
    expect(data.differences).toMatchObject([
      { kind: "agent", name: "reviewer", target: "claude:project", reason: expect.stringMatching(/./) },
    ]);
    expect(next).toContain("stet sync");
  });

  test("finds a copy that is missing, and tells of one that has no original", async () => {
    using project = await cloned();
    project.remove(copy);
    project.write(".claude/agents/other.md", text.replace("name: reviewer", "name: other"));
    const { data } = await check(project.environment);
    expect(data.differences).toMatchObject([{ name: "reviewer", state: "missing" }]);
    expect(data.extras).toMatchObject([{ name: "other", state: "extra" }]);
  });

  test("a copy that differs only in its formatting passes", async () => {
    using project = await cloned();
    project.write(copy, text.replaceAll("\n", "\r\n"));
    expect((await check(project.environment)).data.differences).toEqual([]);
  });

  test("a folder that is no collection, or a target that it is not carried to, is refused", async () => {
    using empty = new TestProject();
    expect(await refusalOf(check(empty.environment))).toMatchObject({ code: "E-NO-COLLECTION" });
    using project = await cloned();
    const other = check(project.environment, { targets: ["codex"] });
    expect(await refusalOf(other)).toMatchObject({ code: "E-NOT-FOUND", where: "codex" });
  });
});
