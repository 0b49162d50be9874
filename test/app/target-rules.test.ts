import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ignore } from "../../src/app/ignore.ts";
import { adopt, release } from "../../src/app/release.ts";
import { removeArtifact } from "../../src/app/remove.ts";
import { status } from "../../src/app/status.ts";
import { sync } from "../../src/app/sync.ts";
import { undo } from "../../src/app/undo.ts";
import { refusalOf, TestProject } from "./test-project.ts";

const agent = ".agents/agents/reviewer.md";
const copy = ".claude/agents/reviewer.md";
const toml = ".codex/agents/reviewer.toml";
const file = ".agents/stet/collection.toml";
const text = (model: string, words = "Look twice.") =>
  `---\nname: reviewer\ndescription: Reviews.\ntools: Read\nmodel: ${model}\n---\n\n${words}\n`;

async function shop(): Promise<TestProject> {
  const project = await TestProject.imported({
    "AGENTS.md": "# Lamps\n",
    [copy]: text("opus"),
    ".codex/agents/other.toml": 'name = "other"\ndescription = "Other."\ndeveloper_instructions = "Do it."\n',
  });
  await sync(project.environment, { direction: "both" });
  return project;
}

async function stateOf(project: TestProject, target: string, name = "agent/reviewer") {
  const { data } = await status(project.environment, { all: true });
  const row = data.rows.find((one) => one.target === target && `${one.kind}/${one.name}` === name);
  return row === undefined ? undefined : [row.state, row.reason];
}

function say(project: TestProject, lines: string): void {
  const [head = "", ...tables] = project.read(file).split(/(?=^\[)/m);
  project.write(file, `${head}${lines}\n${tables.join("")}`);
}

test("an ignored field may differ, and neither side's value reaches the other", async () => {
  using project = await shop();
  await ignore(project.environment, { target: "claude", field: "model", reason: "each pays for another" });
  project.write(copy, text("haiku"));
  expect(await stateOf(project, "claude:project")).toEqual(["in-sync", expect.stringContaining("same")]);
  project.write(agent, text("sonnet", "Look three times."));
  await sync(project.environment, { direction: "both" });
  expect(project.read(copy)).toBe(text("haiku", "Look three times."));
  project.write(copy, text("haiku", "Look four times."));
  await sync(project.environment, { direction: "both" });
  expect(project.read(agent)).toBe(text("sonnet", "Look four times."));
  expect((await sync(project.environment, { direction: "both" })).data.operation).toBeNull();
  await ignore(project.environment, { target: "claude", field: "model", reason: "", remove: true });
  expect((await stateOf(project, "claude:project"))?.[0]).not.toBe("in-sync");
});

test("nothing is ignored without a reason, and only at a target of the collection", async () => {
  using project = await shop();
  const { environment } = project;
  expect(
    await refusalOf(ignore(environment, { target: "claude", field: "model", reason: " " })),
  ).toMatchObject({
    code: "E-USAGE",
  });
  expect(await refusalOf(ignore(environment, { target: "zed", field: "model", reason: "x" }))).toMatchObject({
    code: "E-NOT-FOUND",
  });
});

test("what is released stays as it is, is not written any more, and can be adopted again", async () => {
  using project = await shop();
  await release(project.environment, { artifact: "agent/reviewer", targets: ["codex"], reason: "mine" });
  const before = project.read(toml);
  expect(await stateOf(project, "codex:project")).toEqual(["extra", "released: mine"]);
  project.write(agent, text("opus", "Look three times."));
  await sync(project.environment, { direction: "both", deletes: true });
  expect(project.read(toml)).toBe(before);
  expect(project.read(copy)).toContain("three");
  await removeArtifact(project.environment, { artifact: "agent/reviewer", yes: true });
  await sync(project.environment, { direction: "both", deletes: true });
  expect(project.read(toml)).toBe(before);
  await undo(project.environment, {});
  await adopt(project.environment, { artifact: "agent/reviewer", targets: ["codex"] });
  expect((await stateOf(project, "codex:project"))?.[0]).not.toBe("extra");
});

test("adopt takes in what only a runtime has", async () => {
  using project = await shop();
  project.write(".claude/commands/brief.md", "Write a brief.\n");
  expect((await stateOf(project, "claude:project", "command/brief"))?.[0]).toBe("extra");
  await adopt(project.environment, { artifact: "command/brief", targets: ["claude"] });
  expect(project.read(".agents/commands/brief.md")).toBe("Write a brief.\n");
  expect((await stateOf(project, "claude:project", "command/brief"))?.[0]).toBe("in-sync");
});

test("what a runtime cannot express is told field by field, warned of, or not written", async () => {
  using project = await shop();
  const { data } = await status(project.environment, { why: true });
  expect(data.rows).toMatchObject([
    { target: "codex:project", state: "in-sync", dropped: [{ field: "tools" }, { field: "model" }] },
  ]);
  say(project, 'on-drop = "warn"');
  project.write(agent, text("opus", "Look three times."));
  const warned = await sync(project.environment, { direction: "both" });
  expect(warned.notices.filter((one) => one.code === "W-DROPPED")).toHaveLength(2);
  project.write(file, project.read(file).replace('"warn"', '"error"'));
  project.write(agent, text("opus", "Look four times."));
  await sync(project.environment, { direction: "both" });
  expect(project.read(toml)).toContain("three");
  expect(await stateOf(project, "codex:project")).toEqual([
    "blocked",
    "Codex cannot express tools, model, and on-drop is error",
  ]);
});

test("a whole file stands in for the translation at one runtime, and at no other (BUGS F5)", async () => {
  using project = await shop();
  const override = ".agents/stet/overrides/agent/reviewer/codex.toml";
  const whole =
    'name = "reviewer"\ndescription = "Reviews."\ndeveloper_instructions = "By hand."\nmodel = "gpt"\n';
  project.write(override, whole);
  await sync(project.environment, { direction: "both" });
  expect(project.read(toml)).toBe(whole);
  expect(project.read(copy)).toBe(text("opus"));
  for (const folder of [".claude", ".codex"]) {
    expect(existsSync(join(project.project, folder, "stet"))).toBe(false);
  }
  expect((await stateOf(project, "codex:project"))?.[0]).toBe("in-sync");
  expect((await sync(project.environment, { direction: "both" })).data.operation).toBeNull();
  // An edit there comes back into the override, and the canonical file is not touched.
  project.write(toml, whole.replace("By hand.", "By hand, again."));
  await sync(project.environment, { direction: "both" });
  expect(project.read(override)).toContain("again");
  expect(project.read(agent)).toBe(text("opus"));
  // An edit of the override is the store's.
  project.write(override, whole.replace("gpt", "other"));
  await sync(project.environment, { direction: "both" });
  expect(project.read(toml)).toContain("other");
  project.remove(override);
  await sync(project.environment, { direction: "both" });
  expect(project.read(toml)).toContain("Look twice.");
});

test("commands become skills for Codex where that is asked for, and nothing else there is touched", async () => {
  using project = await shop();
  const skill = ".codex/skills/brief/SKILL.md";
  project.write(".agents/commands/brief.md", "---\ndescription: Writes a brief\n---\n\nWrite the brief.\n");
  project.write(".codex/skills/own/SKILL.md", "---\nname: own\ndescription: Mine\n---\n\nMine.\n");
  await sync(project.environment, { direction: "both" });
  expect(existsSync(join(project.project, skill))).toBe(false);
  say(project, 'as-skill = ["codex:project"]');
  await sync(project.environment, { direction: "both" });
  expect(project.read(skill)).toBe(
    "---\nname: brief\ndescription: Writes a brief\n---\n\nWrite the brief.\n",
  );
  expect(project.read(".codex/skills/brief/agents/openai.yaml")).toContain(
    "allow_implicit_invocation: false",
  );
  expect(existsSync(join(project.project, ".agents/skills/brief"))).toBe(false);
  expect((await sync(project.environment, { direction: "both" })).data.operation).toBeNull();
  expect(await stateOf(project, "codex:project", "command/own")).toBeUndefined();
  project.write(skill, project.read(skill).replace("Write the brief.", "Write a short brief."));
  await sync(project.environment, { direction: "both" });
  expect(project.read(".agents/commands/brief.md")).toContain("Write a short brief.");
  // What was edited there is the user's; what stet wrote goes with its command.
  project.write(".agents/commands/long.md", "---\ndescription: Writes much\n---\n\nWrite much.\n");
  await sync(project.environment, { direction: "both" });
  await removeArtifact(project.environment, { artifact: "command/long", yes: true });
  await sync(project.environment, { direction: "both", deletes: true });
  expect(existsSync(join(project.project, ".codex/skills/long/SKILL.md"))).toBe(false);
  expect(existsSync(join(project.project, skill))).toBe(true);
  expect(existsSync(join(project.project, ".codex/skills/own/SKILL.md"))).toBe(true);
});
