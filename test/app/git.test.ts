import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { initialise } from "../../src/app/init.ts";
import { log } from "../../src/app/log.ts";
import type { ShownOperation } from "../../src/app/outcomes.ts";
import { save } from "../../src/app/save.ts";
import { status } from "../../src/app/status.ts";
import { sync } from "../../src/app/sync.ts";
import { undo } from "../../src/app/undo.ts";
import { verify } from "../../src/app/verify.ts";
import { treeOf } from "./fixture.ts";
import { type GitWorld, makeGitWorld, skill } from "./git-repository.ts";

let world: GitWorld;
/** The operation that made what the project begins with. */
let beginning: string | null;

beforeEach(async () => {
  world = makeGitWorld();
  world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "one"));
  world.write(".agents/rules/tone.md", "Be brief.\n");
  world.write(".claude/settings.json", "{}\n");
  world.write("AGENTS.md", "Run the tests.\n");
  beginning = (await initialise(world.environment, { yes: true })).data.operation;
  await sync(world.environment, { direction: "both" });
  world.commitAll("begin");
  await status(world.environment);
});

afterEach(async () => {
  const report = await verify(world.environment);
  expect(report.data.problems).toEqual([]);
  world.dispose();
});

async function newest(limit = 1): Promise<readonly ShownOperation[]> {
  return (await log(world.environment, { limit })).data.operations;
}

function paths(operation: ShownOperation | undefined): readonly string[] {
  return operation?.changes.map((change) => change.path) ?? [];
}

/** A branch `other` with another text of the skill and without the rule; the project is left on `main`. */
function makeOtherBranch(): string {
  world.git("switch", "--quiet", "--create", "other");
  world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "other"));
  world.write("AGENTS.md", "Run the other tests.\n");
  world.remove(".agents/rules/tone.md");
  world.git("add", "--all");
  world.git("commit", "--quiet", "--message", "other");
  const commit = world.git("rev-parse", "HEAD");
  world.git("switch", "--quiet", "main");
  return commit;
}

describe("what git did", () => {
  test("a switch is one operation of git's, with the branch and the commits", async () => {
    const main = world.git("rev-parse", "HEAD");
    const other = makeOtherBranch();
    world.git("switch", "--quiet", "other");
    const [operation] = await newest();
    expect(operation?.actor).toMatchObject({ name: "git", kind: "git" });
    expect(operation?.kind).toBe("capture");
    expect(operation?.details).toMatchObject({ commit: other, branch: "other", from: main });
    expect(paths(operation)).toEqual(["@project/AGENTS.md", "rules/tone.md", "skills/lamp/SKILL.md"]);
  });

  test("a switch back refers to the state that was seen before", async () => {
    makeOtherBranch();
    world.git("switch", "--quiet", "other");
    await status(world.environment);
    world.git("switch", "--quiet", "main");
    const [back] = await newest();
    expect(back?.actor.kind).toBe("git");
    expect(back?.details.seenBefore).toBe(beginning);
  });

  test("an edit that was not committed is its own capture, by an unknown writer", async () => {
    makeOtherBranch();
    world.write(".agents/skills/mine/SKILL.md", skill("mine"));
    world.git("switch", "--quiet", "other");
    const [edit, git] = await newest(2);
    expect(edit?.actor.kind).toBe("unknown");
    expect(paths(edit)).toEqual(["skills/mine/SKILL.md"]);
    expect(git?.actor.kind).toBe("git");
    expect(paths(git)).not.toContain("skills/mine/SKILL.md");
  });

  test("a file that git never had is not deleted by git", async () => {
    world.write(".gitignore", ".agents/skills/mine/\n");
    world.write(".agents/skills/mine/SKILL.md", skill("mine"));
    world.commitAll("ignore mine");
    await status(world.environment);
    makeOtherBranch();
    world.git("switch", "--quiet", "other");
    world.remove(".agents/skills/mine");
    const [edit, git] = await newest(2);
    expect(edit?.actor.kind).toBe("unknown");
    expect(paths(edit)).toEqual(["skills/mine/SKILL.md"]);
    expect(git?.actor.kind).toBe("git");
  });

  test("undo passes it over, and takes the person's own operation", async () => {
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "two"));
    const saved = await save(world.environment, { message: "two" });
    world.commitAll("two");
    makeOtherBranch();
    world.git("switch", "--quiet", "other");
    await status(world.environment);
    const undone = await undo(world.environment, { any: true });
    expect(undone.data.undone.id).toBe(saved.data.operation);
  });

  test("a rebase ends as one operation of git's", async () => {
    makeOtherBranch();
    world.write(".agents/skills/new/SKILL.md", skill("new"));
    world.commitAll("new on main");
    await status(world.environment);
    world.git("switch", "--quiet", "other");
    await status(world.environment);
    world.git("rebase", "--quiet", "main");
    const [operation] = await newest();
    expect(operation?.actor.kind).toBe("git");
    expect(operation?.details.commit).toBe(world.git("rev-parse", "HEAD"));
    expect(paths(operation)).toEqual(["skills/new/SKILL.md"]);
  });

  test("a stash is nobody's edit, and says which state it went back to", async () => {
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "work in progress"));
    const [edit] = await newest();
    expect(edit?.actor.kind).toBe("unknown");
    world.git("stash", "--quiet");
    const [stashed] = await newest();
    expect(stashed?.actor.kind).toBe("unknown");
    expect(stashed?.details.seenBefore).toBe(beginning);
    world.git("stash", "pop", "--quiet");
    const [popped] = await newest();
    expect(popped?.details.seenBefore).toBe(edit?.id);
  });

  test("line ends that git converted do not make a file somebody's", async () => {
    makeOtherBranch();
    world.git("config", "core.autocrlf", "true");
    world.git("switch", "--quiet", "other");
    expect(world.read("AGENTS.md")).toContain("\r\n");
    const [operation] = await newest();
    expect(operation?.actor.kind).toBe("git");
    expect(paths(operation)).toContain("@project/AGENTS.md");
  });

  test("the loss of most artifacts at once is git's where git explains each", async () => {
    for (let number = 0; number < 12; number++) {
      world.write(`.agents/skills/s${number}/SKILL.md`, skill(`s${number}`));
    }
    world.git("switch", "--quiet", "--create", "many");
    world.commitAll("many");
    await status(world.environment);
    world.git("switch", "--quiet", "main");
    const [operation] = await newest();
    expect(operation?.actor.kind).toBe("git");
    expect(operation?.changes).toHaveLength(12);
  });

  test("where git is not installed nothing is laid at its door", async () => {
    makeOtherBranch();
    world.git("switch", "--quiet", "other");
    const without = world.with({ variables: { PATH: "/nonexistent" } });
    const [operation] = (await log(without, { limit: 1 })).data.operations;
    expect(operation?.actor.kind).toBe("unknown");
  });
});

describe("git in the middle", () => {
  function conflict(): void {
    makeOtherBranch();
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "main"));
    world.commitAll("main's own");
    world.gitFails("merge", "other");
  }

  test("a merge conflict inside the root is captured, blocked with its reason, and nothing is pushed", async () => {
    conflict();
    const before = treeOf(join(world.project, ".claude"));
    const told = await status(world.environment, { all: true });
    const row = told.data.rows.find((one) => one.name === "lamp" && one.target === "claude:project");
    expect(row?.state).toBe("blocked");
    expect(row?.reason).toContain("git has not merged skills/lamp/SKILL.md");
    expect(told.notices.map((one) => one.text).join("\n")).toContain("MERGE_HEAD");
    const synced = await sync(world.environment, { direction: "both" });
    expect(synced.needsDecision).toBe(true);
    expect(treeOf(join(world.project, ".claude"))).toEqual(before);
    const [operation] = await newest();
    expect(operation?.actor.kind).toBe("unknown");
    expect(operation?.details.inTheMiddleOf).toBe("MERGE_HEAD");
  });

  test("markers that were added to git all the same stay blocked", async () => {
    conflict();
    world.commitAll("with markers");
    expect(world.read(".agents/skills/lamp/SKILL.md")).toContain("<<<<<<<");
    const told = await status(world.environment);
    const row = told.data.rows.find((one) => one.name === "lamp");
    expect(row).toMatchObject({ state: "blocked" });
    expect(row?.reason).toContain("markers");
    const synced = await sync(world.environment, { direction: "push" });
    expect(synced.data.skipped.map((one) => one.what)).toContain("skill/lamp claude:project");
    expect(readFileSync(join(world.project, ".claude/skills/lamp/SKILL.md"), "utf8")).not.toContain("<<<");
  });

  test("a text that only shows markers as an example is pushed", async () => {
    const example = "```\n<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n```";
    world.write(".agents/skills/merging/SKILL.md", skill("merging", example));
    const synced = await sync(world.environment, { direction: "push" });
    expect(synced.data.changed.map((one) => one.path)).toContain(
      "claude:project:.claude/skills/merging/SKILL.md",
    );
  });

  test("once the merge is settled it is git's, and the push goes on", async () => {
    conflict();
    await status(world.environment);
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "both"));
    world.commitAll("merged");
    await sync(world.environment, { direction: "push" });
    expect(world.read(".claude/skills/lamp/SKILL.md")).toBe(skill("lamp", "both"));
  });

  test.each([
    ["index.lock", () => world.write(".git/index.lock", "")],
    ["BISECT_LOG", () => world.git("bisect", "start")],
  ])("%s holds the push back", async (sign, begin) => {
    world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "three"));
    begin();
    const synced = await sync(world.environment, { direction: "push" });
    expect(synced.data.skipped.find((one) => one.what.startsWith("skill/lamp"))?.reason).toContain(sign);
    expect(world.read(".claude/skills/lamp/SKILL.md")).toBe(skill("lamp", "one"));
  });

  test("nothing of git's is written", async () => {
    const before = treeOf(join(world.project, ".git"));
    conflict();
    const after = treeOf(join(world.project, ".git"));
    expect(after).not.toEqual(before);
    await status(world.environment);
    await sync(world.environment, { direction: "both" });
    expect(treeOf(join(world.project, ".git"))).toEqual(after);
    expect(existsSync(join(world.project, ".git/index.lock"))).toBe(false);
  });
});
