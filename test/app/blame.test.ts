import { describe, expect, test } from "vitest";
import { blame } from "../../src/app/blame.ts";
import { sharesOf } from "../../src/app/history/writer-shares.ts";
import { moveArtifact } from "../../src/app/move.ts";
import { sync } from "../../src/app/sync.ts";
import { undo } from "../../src/app/undo.ts";
import { refusalOf, TestProject } from "./test-project.ts";

const path = ".agents/agents/reviewer.md";
const first = "---\nname: reviewer\ndescription: Reviews.\n---\n\nRead it.\n";

/** `ana: the line`, for each line. */
async function blamed(project: TestProject, artifact = "agent/reviewer"): Promise<readonly string[]> {
  const { data } = await blame(project.environment, { artifact });
  return data.lines.map((line) => `${line.actor.name}: ${line.text}`);
}

async function reviewed(): Promise<TestProject> {
  const project = await TestProject.imported({ ".agents/agents/.keep": "" });
  await project.saved(path, first, "ana");
  return project;
}

describe("blame", () => {
  test("names who brought each line, with the operation and its time", async () => {
    using project = await reviewed();
    const second = await project.saved(path, first.replace("Read it.", "Read it twice.\nAsk.\n"), "bo");
    const { data } = await blame(project.environment, { artifact: "agent/reviewer" });
    expect(data.lines.map((line) => `${line.line} ${line.actor.name}`)).toEqual([
      ...["1 ana", "2 ana", "3 ana", "4 ana", "5 ana"],
      ...["6 bo", "7 bo", "8 bo"],
    ]);
    expect(data.lines[6]).toMatchObject({
      operation: second,
      text: "Ask.",
      at: expect.stringMatching(/^2020/),
    });
    expect(data.shares).toEqual({ person: 100, agent: 0, unknown: 0, git: 0 });
  });

  test("a disk edit that nobody claimed is unknown, never the person who looked", async () => {
    using project = await reviewed();
    project.write(path, `${first}And tell.\n`);
    const { data } = await blame(project.environment, { artifact: "agent/reviewer" });
    expect(data.lines.at(-1)?.actor.kind).toBe("unknown");
    expect(data.shares).toEqual({ person: 86, agent: 0, unknown: 14, git: 0 });
  });

  test("what was imported was written by somebody unknown, not by who ran init", async () => {
    using project = await TestProject.imported({ [path]: first });
    const { data } = await blame(project.environment, { artifact: "agent/reviewer" });
    expect(data.shares).toEqual({ person: 0, agent: 0, unknown: 100, git: 0 });
  });

  test("an edit taken in from a runtime is its unknown writer's, not that of who ran sync", async () => {
    using project = await TestProject.imported({ [path]: first, ".claude/settings.json": "{}" });
    await sync(project.environment, { direction: "both" });
    project.write(".claude/agents/reviewer.md", `${first}Be kind.\n`);
    await sync(project.environment, { direction: "both" });
    expect(project.read(path)).toContain("Be kind.");
    expect((await blamed(project)).at(-1)).toBe("unknown: Be kind.");
  });

  test("lines that undo brings back are still their writer's", async () => {
    using project = await reviewed();
    await project.saved(path, "gone\n", "bo");
    await undo(project.with({ user: "bo" }));
    expect(new Set((await blamed(project)).map((line) => line.split(":")[0]))).toEqual(new Set(["ana"]));
  });

  test("a rename hides no writer", async () => {
    using project = await reviewed();
    await moveArtifact(project.with({ user: "bo" }), { from: "agent/reviewer", to: "agent/critic" });
    await project.saved(".agents/agents/critic.md", `${first}More.\n`, "bo");
    const lines = await blamed(project, "agent/critic");
    expect([lines.at(-2), lines.at(-1)]).toEqual(["ana: Read it.", "bo: More."]);
  });

  test("a secret in a line is not shown", async () => {
    const token = `ghp_${"abcdefghijklmnopqrstuvwxyz0123456789"}`;
    using project = await TestProject.imported({ [path]: `${first}token: ${token}\n` });
    const lines = await blamed(project);
    expect(lines.join("\n")).not.toContain(token);
    expect(lines.at(-1)).toMatch(/^unknown: token: \*+$/);
  });

  test("a file that is not text, or not there, is refused with what to do", async () => {
    using project = await TestProject.imported({
      ".agents/skills/pdf/SKILL.md": "---\nname: pdf\ndescription: d\n---\n",
      ".agents/skills/pdf/logo.png": new Uint8Array([0, 1, 2, 255]),
    });
    const asked = { artifact: "skill/pdf" };
    expect(await refusalOf(blame(project.environment, { ...asked, path: "logo.png" }))).toMatchObject({
      code: "E-INVALID",
    });
    expect(await refusalOf(blame(project.environment, { ...asked, path: "none.md" }))).toMatchObject({
      code: "E-NOT-FOUND",
      fixes: [{ cmd: "stet log skill/pdf" }],
    });
  });
});

test("shares are whole percents that add up to 100", () => {
  const writers = [{ kind: "person" }, { kind: "agent" }, { kind: "git" }] as const;
  expect(sharesOf(writers)).toEqual({ person: 34, agent: 33, unknown: 0, git: 33 });
  expect(sharesOf([])).toEqual({ person: 0, agent: 0, unknown: 0, git: 0 });
});
