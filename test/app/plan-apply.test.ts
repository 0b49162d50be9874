import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { apply } from "../../src/app/apply.ts";
import { log } from "../../src/app/log.ts";
import { plan } from "../../src/app/plan.ts";
import { removeArtifact } from "../../src/app/remove.ts";
import { status } from "../../src/app/status.ts";
import { push, sync } from "../../src/app/sync.ts";
import { undo } from "../../src/app/undo.ts";
import { refusalOf, TestProject } from "./test-project.ts";

const agent = ".agents/agents/reviewer.md";
const copy = ".claude/agents/reviewer.md";
const text = (words: string) => `---\nname: reviewer\ndescription: Reviews.\n---\n\n${words}\n`;

async function shop(): Promise<TestProject> {
  const project = await TestProject.imported({
    "AGENTS.md": "# Lamps\n",
    [copy]: text("Look twice."),
    ".codex/agents/other.toml": 'name = "other"\ndescription = "Other."\ndeveloper_instructions = "Do it."\n',
  });
  await sync(project.environment, { direction: "both" });
  return project;
}

async function planned(project: TestProject): Promise<string> {
  const { data } = await plan(project.environment);
  if (data.plan === null) throw new Error("nothing was planned");
  return data.plan;
}

test("apply does what the plan said, as one operation, and once", async () => {
  using project = await shop();
  project.write(agent, text("Look three times."));
  const { data } = await plan(project.environment);
  expect(data.rows.map((row) => [row.id, row.action, row.files.map((file) => file.path)])).toEqual([
    ["claude:project agent/reviewer", "change", [copy]],
    ["codex:project agent/reviewer", "change", [".codex/agents/reviewer.toml"]],
  ]);
  expect(project.read(copy)).toBe(text("Look twice."));
  const id = data.plan ?? "";
  const applied = await apply(project.environment, { plan: id });
  expect(applied.data.changed.map((one) => one.path)).toEqual([
    `claude:project:${copy}`,
    "codex:project:.codex/agents/reviewer.toml",
  ]);
  expect(project.read(copy)).toBe(text("Look three times."));
  expect(await refusalOf(apply(project.environment, { plan: id }))).toMatchObject({ code: "E-STALE" });
  await undo(project.environment, {});
  expect(project.read(copy)).toBe(text("Look twice."));
  const again = await plan(project.environment);
  expect(again.data.rows.map((row) => row.action)).toEqual(["change", "change"]);
});

test("a row whose file moved is left, told what changed since, and planned anew", async () => {
  using project = await shop();
  project.write(agent, text("Look three times."));
  const id = await planned(project);
  project.write(copy, text("Look at it from below."));
  const { data, next } = await apply(project.environment, { plan: id });
  expect(data.done.map((row) => row.target)).toEqual(["codex:project"]);
  expect(data.moved).toMatchObject([
    {
      row: { id: "claude:project agent/reviewer", action: "change" },
      since: [{ place: "target", path: copy }],
      now: { action: "ask", state: "diverged" },
    },
  ]);
  expect(project.read(copy)).toBe(text("Look at it from below."));
  expect(next).toContain(`stet apply ${data.replanned}`);
  const second = await apply(project.environment, { plan: data.replanned ?? "" });
  expect(second.data.conflicts).toHaveLength(1);
  expect(second.needsDecision).toBe(true);
});

test("an edit that appears in the store after the plan moves every row that rests on it", async () => {
  using project = await shop();
  project.write(agent, text("Look three times."));
  const id = await planned(project);
  project.write(agent, text("Look four times."));
  const { data } = await apply(project.environment, { plan: id });
  expect(data.done).toEqual([]);
  expect(data.operation).toBeNull();
  expect(data.moved.map((one) => one.since.map((file) => file.path))).toEqual([
    [agent.slice(8)],
    [agent.slice(8)],
  ]);
  await apply(project.environment, { plan: data.replanned ?? "" });
  expect(project.read(copy)).toBe(text("Look four times."));
});

test("a row that rests on another target's edit is planned anew when that edit moved", async () => {
  using project = await shop();
  project.write(copy, text("Look three times."));
  const id = await planned(project);
  project.write(copy, text("Look four times."));
  const { data } = await apply(project.environment, { plan: id });
  expect(data.done).toEqual([]);
  expect(data.moved.map((one) => one.row.target)).toEqual(["claude:project", "codex:project"]);
  expect(project.read(".codex/agents/reviewer.toml")).toContain("Look twice.");
});

test("deletes are listed and not ticked, and only what stet wrote is ever deleted (BUGS F6)", async () => {
  using project = await shop();
  await removeArtifact(project.environment, { artifact: "agent/reviewer", yes: true });
  const { data } = await plan(project.environment);
  // The copy for Claude Code was there before stet was: it is the user's.
  expect(data.rows.map((row) => [row.target, row.action, row.ticked])).toEqual([
    ["codex:project", "delete", false],
  ]);
  expect(data.left.map((one) => one.what)).toContain("agent/reviewer claude:project");
  await apply(project.environment, { plan: data.plan ?? "" });
  expect(existsSync(join(project.project, ".codex/agents/reviewer.toml"))).toBe(true);
  await apply(project.environment, { plan: await planned(project), deletes: true });
  expect(existsSync(join(project.project, ".codex/agents/reviewer.toml"))).toBe(false);
  expect(existsSync(join(project.project, copy))).toBe(true);
  await undo(project.environment, {});
  expect(project.read(".codex/agents/reviewer.toml")).toContain("Look twice.");
});

test("a copy that was edited meanwhile is not deleted (BUGS F6)", async () => {
  using project = await shop();
  await removeArtifact(project.environment, { artifact: "agent/reviewer", yes: true });
  const id = await planned(project);
  const toml = ".codex/agents/reviewer.toml";
  project.write(toml, project.read(toml).replace("Look twice.", "Look again."));
  const { data } = await apply(project.environment, { plan: id, deletes: true });
  expect(data.moved).toMatchObject([{ now: null }]);
  expect(project.read(toml)).toContain("Look again.");
});

test("an edited copy is written over only by name, and kept (P1)", async () => {
  using project = await shop();
  project.write(copy, text("Look at it from below."));
  expect(await refusalOf(push(project.environment, { overwrite: true, targets: ["claude"] }))).toMatchObject({
    code: "E-USAGE",
  });
  await push(project.environment, { overwrite: true, targets: ["claude"], artifacts: ["agent/reviewer"] });
  expect(project.read(copy)).toBe(text("Look twice."));
  await undo(project.environment, {});
  expect(project.read(copy)).toBe(text("Look at it from below."));
});

test("a damaged plan is no plan", async () => {
  using project = await shop();
  project.write(agent, text("Look three times."));
  const id = await planned(project);
  const { writeFileSync } = await import("node:fs");
  writeFileSync(join(project.environment.storeFolder, "plans", `${id}.json`), '{"format":1,"rows":[');
  expect(await refusalOf(apply(project.environment, { plan: id }))).toMatchObject({ code: "E-NOT-FOUND" });
  expect(await refusalOf(apply(project.environment, { plan: "../../x" }))).toMatchObject({
    code: "E-NOT-FOUND",
  });
  expect(project.read(copy)).toBe(text("Look twice."));
});

test("a target into which another program puts its version back twice within five seconds is paused", async () => {
  using project = await shop();
  // Real time, since a file's own time is compared with it.
  let now = Date.now() * 1000;
  const environment = project.with({ clock: { now: () => (now += 1000) } });
  const theirs = text("What the other program generates.");
  for (const words of ["One.", "Two."]) {
    project.write(copy, theirs);
    project.write(agent, text(words));
    await push(environment, { overwrite: true, targets: ["claude"], artifacts: ["agent/reviewer"] });
    expect(project.read(copy)).toBe(text(words));
  }
  project.write(copy, theirs);
  project.write(".agents/commands/brief.md", "Write a brief.\n");
  const { data, needsDecision } = await sync(environment, { direction: "push" });
  expect(needsDecision).toBe(true);
  expect(data.skipped.find((one) => one.what === "command/brief claude:project")?.reason).toMatch(
    /^paused: another program has put its version of \.claude\/agents\/reviewer\.md back twice/,
  );
  expect((await status(environment)).notices.map((one) => one.code)).toContain("W-PAUSED");
  // Whoever names the target means it.
  const named = await push(environment, { targets: ["claude"] });
  expect(named.data.changed.map((one) => one.path)).toContain("claude:project:.claude/commands/brief.md");
  expect((await log(environment, { limit: 1 })).data.operations[0]?.kind).toBe("push");
});
