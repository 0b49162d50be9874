import { describe, expect, test } from "vitest";
import {
  canonicalText,
  entryFor,
  newWorld,
  pullAll,
  pullRow,
  pushAll,
  rowsOf,
  settle,
  statesOf,
  type TargetWorld,
  targetText,
  writeCanonical,
  writeTarget,
} from "../../../test/runtimes/target-world.ts";
import { executableMode, regularMode, symlinkMode } from "../../domain/files.ts";
import { targetPlan } from "../placement/target-plan.ts";
import { claude } from "../table/claude.ts";
import { codex } from "../table/codex.ts";
import { agreedRecords } from "./agreed-records.ts";

const agent = "---\nname: reviewer\ndescription: Reviews\n---\n\nReview it.\n";
const skill = "---\nname: pdf\ndescription: Reads PDF\n---\n\nRun the script.\n";

function claudeWorld(rootLayout = ".agents"): TargetWorld {
  return newWorld(targetPlan(claude, "project", rootLayout));
}

function codexWorld(): TargetWorld {
  return newWorld(targetPlan(codex, "project", ".agents"));
}

function withSkill(world: TargetWorld): TargetWorld {
  writeCanonical(world, "skills/pdf/SKILL.md", skill);
  writeCanonical(world, "skills/pdf/scripts/run.sh", "echo hi\n", executableMode);
  return world;
}

async function onlyRow(world: TargetWorld) {
  const [row, ...others] = await rowsOf(world);
  if (row === undefined || others.length > 0) throw new Error("not exactly one row");
  return row;
}

describe("the whole way", () => {
  test("missing, pushed, in sync without a read, edited on either side, brought together", async () => {
    const world = withSkill(claudeWorld());
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "missing", side: "store" } });
    await pushAll(world);
    expect(targetText(world, ".claude/skills/pdf/scripts/run.sh")).toBe("echo hi\n");
    expect(world.present.get(".claude/skills/pdf/scripts/run.sh")?.mode).toBe(executableMode);
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "in-sync" }, write: [], take: [] });
    expect(world.reads).toBe(0);

    writeCanonical(world, "skills/pdf/SKILL.md", `${skill}More.\n`);
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "behind", side: "store" } });
    await pushAll(world);
    expect(targetText(world, ".claude/skills/pdf/SKILL.md")).toBe(`${skill}More.\n`);

    writeTarget(world, ".claude/skills/pdf/SKILL.md", `${skill}Less.\n`);
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "ahead", side: "target" } });
    await pullAll(world);
    expect(canonicalText(world, "skills/pdf/SKILL.md")).toBe(`${skill}Less.\n`);
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "in-sync" } });
    expect(world.reads).toBe(0);

    writeTarget(world, ".claude/skills/pdf/SKILL.md", `${skill}Theirs.\n`);
    writeCanonical(world, "skills/pdf/SKILL.md", `${skill}Ours.\n`);
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "diverged", side: "both" } });
  });

  test("the same for an agent of Codex, in TOML", async () => {
    const world = codexWorld();
    writeCanonical(world, "agents/reviewer.md", agent);
    await pushAll(world);
    const toml = targetText(world, ".codex/agents/reviewer.toml") ?? "";
    expect(toml).toContain('name = "reviewer"');
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "in-sync" } });
    expect(world.reads).toBe(0);

    writeTarget(world, ".codex/agents/reviewer.toml", toml.replace("Review it.", "Review all of it."));
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "ahead" } });
    await pullAll(world);
    expect(canonicalText(world, "agents/reviewer.md")).toBe(agent.replace("Review it.", "Review all of it."));
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "in-sync" } });
  });

  test("a first import where the copy is equal is in sync, and later edits have a side", async () => {
    const world = withSkill(claudeWorld());
    writeTarget(world, ".claude/skills/pdf/SKILL.md", skill);
    writeTarget(world, ".claude/skills/pdf/scripts/run.sh", "echo hi\n", executableMode);
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "in-sync", reason: "both are the same" } });
    await settle(world);
    writeCanonical(world, "skills/pdf/SKILL.md", `${skill}More.\n`);
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "behind" } });
  });

  test("a first meeting of two that differ is never a guess", async () => {
    const world = withSkill(claudeWorld());
    writeTarget(world, ".claude/skills/pdf/SKILL.md", `${skill}Other.\n`);
    const row = await onlyRow(world);
    expect(row.drift).toMatchObject({ state: "diverged" });
    expect(row.drift.reason).toContain("which side is newer is not known");
  });
});

test("a near copy that import recorded as agreed is ahead, is taken in, and is never removed", async () => {
  const world = withSkill(claudeWorld());
  writeTarget(world, ".claude/skills/pdf/SKILL.md", `${skill}Mine.\n`);
  writeTarget(world, ".claude/skills/pdf/scripts/run.sh", "echo hi\n", executableMode);
  for (const entry of agreedRecords(await onlyRow(world))) world.written.set(entry.path, entry);
  expect(await onlyRow(world)).toMatchObject({ drift: { state: "ahead" }, remove: [] });
  await pullAll(world);
  expect(canonicalText(world, "skills/pdf/SKILL.md")).toBe(`${skill}Mine.\n`);
  world.canonical.clear();
  expect((await onlyRow(world)).remove.every(({ adopted }) => adopted)).toBe(true);
});

describe("differences that are none", () => {
  test("line ends, BOM, key order, quotes and comments are formatting (BUGS D7, F5)", async () => {
    const world = claudeWorld();
    writeCanonical(world, "agents/reviewer.md", agent);
    await pushAll(world);
    const reordered = '\uFEFF---\ndescription: "Reviews" # short\nname: reviewer\n---\n\nReview it.';
    writeTarget(world, ".claude/agents/reviewer.md", reordered.replaceAll("\n", "\r\n"));
    const row = await onlyRow(world);
    expect(row).toMatchObject({ drift: { state: "in-sync" }, write: [], take: [], takeProblem: null });
    expect(row.drift.reason).toContain("(formatting)");
  });

  test("a version 1.10 is not 1.1", async () => {
    const world = claudeWorld();
    writeCanonical(world, "agents/reviewer.md", agent.replace("name:", "version: 1.10\nname:"));
    await pushAll(world);
    writeTarget(world, ".claude/agents/reviewer.md", agent.replace("name:", "version: 1.1\nname:"));
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "ahead" } });
  });

  test("a reformatted TOML and a key of the user's own are no drift; a push keeps them", async () => {
    const world = codexWorld();
    writeCanonical(world, "agents/reviewer.md", agent);
    await pushAll(world);
    const path = ".codex/agents/reviewer.toml";
    const mine =
      'sandbox_mode = "read-only"\nmodel = "gpt-5.5"\n' +
      "description = 'Reviews'\nname = 'reviewer'\ndeveloper_instructions = 'Review it.'\n";
    writeTarget(world, path, mine);
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "in-sync" }, write: [] });
    writeCanonical(world, "agents/reviewer.md", agent.replace("Reviews", "Reads"));
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "behind" } });
    await pushAll(world);
    expect(targetText(world, path)).toBe(mine.replace("'Reviews'", '"Reads"'));
  });
});

test("permissions of a TOML are the target's own affair, whatever else moves", async () => {
  const world = codexWorld();
  writeCanonical(world, "agents/reviewer.md", agent, executableMode);
  await pushAll(world);
  const path = ".codex/agents/reviewer.toml";
  expect(world.present.get(path)?.mode).toBe(regularMode);
  writeTarget(world, path, targetText(world, path) ?? "", executableMode);
  expect(await onlyRow(world)).toMatchObject({ drift: { state: "in-sync" } });
  writeCanonical(world, "agents/reviewer.md", agent.replace("Reviews", "Reads"));
  expect(await onlyRow(world)).toMatchObject({ drift: { state: "behind" } });
});

test("an edit that is taken in leaves the canonical file's permissions", async () => {
  const world = claudeWorld();
  writeCanonical(world, "commands/go.md", "Go\n", 0o100600);
  await pushAll(world);
  writeTarget(world, ".claude/commands/go.md", "Went\n", regularMode);
  await pullAll(world);
  expect([...world.canonical.values()].map(({ mode }) => mode)).toEqual([0o100600]);
  expect(await onlyRow(world)).toMatchObject({ drift: { state: "in-sync" } });
});

describe("differences that count", () => {
  test("a script's line ends and its executable bit (BUGS F5)", async () => {
    const world = withSkill(claudeWorld());
    await pushAll(world);
    writeTarget(world, ".claude/skills/pdf/scripts/run.sh", "echo hi\r\n", executableMode);
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "ahead" } });
    writeTarget(world, ".claude/skills/pdf/scripts/run.sh", "echo hi\n", regularMode);
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "ahead" } });
    await pullAll(world);
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "in-sync" } });
  });

  test("a file that was added to a skill, and one that was removed from it", async () => {
    const world = withSkill(claudeWorld());
    await pushAll(world);
    writeTarget(world, ".claude/skills/pdf/notes.md", "Notes\n");
    world.present.delete(".claude/skills/pdf/scripts/run.sh");
    const row = await onlyRow(world);
    expect(row.drift.state).toBe("ahead");
    expect(row.take.map(({ path, after }) => [path, after === null])).toEqual([
      ["skills/pdf/notes.md", false],
      ["skills/pdf/scripts/run.sh", true],
    ]);
    await pullAll(world);
    expect([...world.canonical.keys()].sort()).toEqual(["skills/pdf/SKILL.md", "skills/pdf/notes.md"]);
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "in-sync" } });
  });
});

describe("what is removed", () => {
  test("what stet wrote and is as stet wrote it; the removal says that it is stet's", async () => {
    const world = withSkill(claudeWorld());
    await pushAll(world);
    world.canonical.clear();
    const row = await onlyRow(world);
    expect(row.drift).toMatchObject({ state: "behind", side: "store" });
    expect(row.remove.map(({ adopted }) => adopted)).toEqual([false, false]);
    await pushAll(world);
    expect(world.present.size).toBe(0);
    expect(await rowsOf(world)).toEqual([]);
  });

  test("what was there before stet is marked as such (BUGS F6)", async () => {
    const world = claudeWorld();
    writeCanonical(world, "agents/reviewer.md", agent);
    writeTarget(world, ".claude/agents/reviewer.md", agent);
    await settle(world);
    world.canonical.clear();
    expect((await onlyRow(world)).remove).toMatchObject([{ adopted: true }]);
  });

  test("never what was edited since, not even its layout (BUGS F6)", async () => {
    const world = withSkill(claudeWorld());
    await pushAll(world);
    writeTarget(world, ".claude/skills/pdf/SKILL.md", skill.replaceAll("\n", "\r\n"));
    world.canonical.clear();
    const row = await onlyRow(world);
    expect(row.remove.map(({ path }) => path)).toEqual([".claude/skills/pdf/scripts/run.sh"]);
    writeTarget(world, ".claude/skills/pdf/SKILL.md", `${skill}Mine.\n`);
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "diverged" } });
  });

  test("never what is only there: extras are offered, not touched (BUGS F6)", async () => {
    const world = claudeWorld();
    writeTarget(world, ".claude/skills/mine/SKILL.md", skill);
    writeTarget(world, ".claude/skills/mine/a.txt", "a");
    const row = await onlyRow(world);
    expect(row).toMatchObject({ name: "mine", drift: { state: "extra" }, write: [], remove: [] });
    expect(row.take.map(({ path }) => path)).toEqual(["skills/mine/SKILL.md", "skills/mine/a.txt"]);
    pullRow(world, row);
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "in-sync" } });
  });

  test("a copy that the user removed is neither written again nor a reason to remove the original (BUGS D4)", async () => {
    const world = withSkill(claudeWorld());
    await pushAll(world);
    world.present.clear();
    const row = await onlyRow(world);
    expect(row.drift).toMatchObject({ state: "missing", side: "target" });
    expect(row.take.every(({ after }) => after === null)).toBe(true);
  });
});

describe("what is blocked", () => {
  test("two agents of one name block each other, and each names the other (BUGS F1)", async () => {
    for (const world of [claudeWorld(), codexWorld(), claudeWorld(".claude")]) {
      writeCanonical(world, "agents/one.md", agent);
      writeCanonical(world, "agents/two.md", agent.replace("Review it", "Or that"));
      const rows = await rowsOf(world);
      expect(rows.map(({ drift }) => drift.state)).toEqual(["blocked", "blocked"]);
      expect(rows[0]?.drift.reason).toContain("agent/two");
      expect(rows[1]?.drift.reason).toContain("agent/one");
      expect(rows.flatMap(({ write }) => write)).toEqual([]);
    }
  });

  test("a clash with a clean agent is seen, and ends when it is mended (BUGS F1)", async () => {
    const world = codexWorld();
    writeCanonical(world, "agents/one.md", agent);
    await pushAll(world);
    writeCanonical(world, "agents/two.md", agent);
    expect(await statesOf(world)).toEqual({ "agent/one": "blocked", "agent/two": "blocked" });
    writeCanonical(world, "agents/two.md", agent.replace("reviewer", "second"));
    expect(await statesOf(world)).toEqual({ "agent/one": "in-sync", "agent/two": "missing" });
  });

  test("Codex falls back to the file's name, Claude Code does not (BUGS F1)", async () => {
    const nameless = agent.replace("name: reviewer\n", "");
    for (const [world, state] of [
      [codexWorld(), "blocked"],
      [claudeWorld(), "missing"],
    ] as const) {
      writeCanonical(world, "agents/team/reviewer.md", nameless);
      writeCanonical(world, "agents/reviewer.md", agent);
      expect(Object.values(await statesOf(world))).toEqual([state, state]);
    }
  });

  test("two paths that a file system may take for one (BUGS F1)", async () => {
    const world = claudeWorld();
    writeCanonical(world, "commands/Go.md", "one");
    writeCanonical(world, "commands/go.md", "two");
    const rows = await rowsOf(world);
    expect(rows.map(({ drift }) => drift.state)).toEqual(["blocked", "blocked"]);
    expect(rows[0]?.drift.reason).toContain("command/go");
  });

  test("agents without readable frontmatter are blocked for Codex and pass through to Claude Code", async () => {
    const broken = "---\nname: [a\n---\nGo.\n";
    const there = codexWorld();
    writeCanonical(there, "agents/broken.md", broken);
    writeCanonical(there, "agents/plain.md", "Just text.\n");
    expect(await statesOf(there)).toEqual({ "agent/broken": "blocked", "agent/plain": "blocked" });
    const world = claudeWorld();
    writeCanonical(world, "agents/broken.md", broken);
    await pushAll(world);
    expect(targetText(world, ".claude/agents/broken.md")).toBe(broken);
  });

  test("a secret blocks its own row and no other", async () => {
    const world = withSkill(claudeWorld());
    writeCanonical(world, "agents/reviewer.md", agent);
    world.blocked.set("agent/reviewer", "it holds what looks like a secret");
    expect(await statesOf(world)).toEqual({ "agent/reviewer": "blocked", "skill/pdf": "missing" });
    world.blobs.clear();
    expect(await statesOf(world)).toEqual({ "agent/reviewer": "blocked", "skill/pdf": "missing" });
  });

  test("a link that leaves its skill goes nowhere; one within it goes along (BUGS D6)", async () => {
    const world = withSkill(claudeWorld());
    world.canonical.set(
      [...world.canonical.keys()].find((path) => path.endsWith("run.sh")) ?? never(),
      entryFor(world, "../../other/run.sh", symlinkMode),
    );
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "blocked" } });
    writeCanonical(world, "skills/pdf/scripts/run.sh", "../SKILL.md", symlinkMode);
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "missing" } });
    await pushAll(world);
    expect(world.present.get(".claude/skills/pdf/scripts/run.sh")?.mode).toBe(symlinkMode);
  });

  test("the runtime's reserved folder is neither written nor seen", async () => {
    const world = newWorld(targetPlan(claude, "user", ".agents"));
    writeTarget(world, ".claude/skills/synced/theirs/SKILL.md", skill);
    expect(await rowsOf(world)).toEqual([]);
    writeCanonical(world, "skills/synced/SKILL.md", skill);
    const row = await onlyRow(world);
    expect(row.drift.state).toBe("blocked");
    expect(row.drift.reason).toContain("reserved");
  });

  test("a TOML that cannot be read is left alone, with its line", async () => {
    const world = codexWorld();
    writeCanonical(world, "agents/reviewer.md", agent);
    await pushAll(world);
    writeTarget(world, ".codex/agents/reviewer.toml", "name = \n");
    const row = await onlyRow(world);
    expect(row.drift.state).toBe("blocked");
    expect(row.drift.reason).toContain("line 1");
    expect(row.write).toEqual([]);
  });

  test("bytes that cannot be read block the row", async () => {
    const world = codexWorld();
    writeCanonical(world, "agents/reviewer.md", agent);
    world.blobs.clear();
    expect(await onlyRow(world)).toMatchObject({ drift: { state: "blocked" } });
  });
});

describe("what is read in place", () => {
  test("a root in .claude is native for everything, and nothing is written into it (BUGS F6)", async () => {
    const world = withSkill(claudeWorld(".claude"));
    writeCanonical(world, "agents/reviewer.md", agent);
    writeCanonical(world, "commands/go.md", "Go\n");
    writeCanonical(world, "rules/style.md", "Style\n");
    expect(new Set(Object.values(await statesOf(world)))).toEqual(new Set(["native"]));
  });

  test("Codex: skills are native, commands and scoped rules unsupported with the reason, reports no row", async () => {
    const world = withSkill(codexWorld());
    writeCanonical(world, "commands/go.md", "Go\n");
    writeCanonical(world, "rules/style.md", "Style\n");
    writeCanonical(world, "reports/week/report.md", "Week\n");
    const rows = await rowsOf(world);
    expect(rows.map(({ kind, drift }) => [kind, drift.state])).toEqual([
      ["command", "unsupported"],
      ["rule", "unsupported"],
      ["skill", "native"],
    ]);
    expect(rows.every(({ drift }) => drift.reason.length > 10)).toBe(true);
  });

  test("AGENTS.md is read by Claude Code while no CLAUDE.md hides it (BUGS F7)", async () => {
    const world = claudeWorld();
    writeCanonical(world, "@project/AGENTS.md", "Be kind.\n");
    writeCanonical(world, "@project/packages/a/AGENTS.md", "Be brief.\n");
    expect(new Set(Object.values(await statesOf(world)))).toEqual(new Set(["native"]));

    writeTarget(world, ".claude/CLAUDE.md", "Other things.\n");
    const rows = await rowsOf(world);
    expect(rows.map(({ drift }) => drift.state)).toEqual(["blocked", "blocked"]);
    expect(rows[0]?.drift.reason).toContain("@../AGENTS.md");

    world.present.clear();
    writeCanonical(world, "@project/CLAUDE.md", "@AGENTS.md\n");
    expect(await statesOf(world)).toEqual({
      "rule/AGENTS": "native",
      "rule/CLAUDE": "native",
      "rule/packages/a/AGENTS": "blocked",
    });
    expect((await rowsOf(world)).flatMap(({ write }) => write)).toEqual([]);
  });

  test("a CLAUDE.md that is a link to AGENTS.md hides nothing", async () => {
    const world = claudeWorld();
    writeCanonical(world, "@project/AGENTS.md", "Be kind.\n");
    writeTarget(world, "CLAUDE.md", "AGENTS.md", symlinkMode);
    expect(await statesOf(world)).toEqual({ "rule/AGENTS": "native" });
  });

  test("Codex reads AGENTS.md beside a CLAUDE.md, and not the CLAUDE.md", async () => {
    const world = codexWorld();
    writeCanonical(world, "@project/AGENTS.md", "Be kind.\n");
    writeCanonical(world, "@project/CLAUDE.md", "Other.\n");
    expect(await statesOf(world)).toEqual({ "rule/AGENTS": "native", "rule/CLAUDE": "unsupported" });
  });
});

function never(): never {
  throw new Error("not there");
}
