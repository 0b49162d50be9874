import { describe, expect, test } from "vitest";
import { blame } from "../../src/app/blame.ts";
import { createBranch } from "../../src/app/branch.ts";
import { listConflicts } from "../../src/app/conflicts.ts";
import { log } from "../../src/app/log.ts";
import { mergeBranch } from "../../src/app/merge-branch.ts";
import { resolveConflict } from "../../src/app/resolve.ts";
import { switchBranch } from "../../src/app/switch-branch.ts";
import { redo, undo } from "../../src/app/undo.ts";
import { verify } from "../../src/app/verify.ts";
import { refusalOf, TestProject } from "./test-project.ts";

const tone = ".agents/rules/tone.md";
const length = ".agents/rules/length.md";

/** `main` and `next` part at one commit; then each is given its own edits. */
async function parted(
  onMain: Readonly<Record<string, string>>,
  onNext: Readonly<Record<string, string>>,
): Promise<TestProject> {
  const project = await TestProject.imported({ [tone]: "calm\n", [length]: "short\n" });
  await switchBranch(project.environment, { name: "next", create: true });
  for (const [path, text] of Object.entries(onNext)) await project.saved(path, text, "bo");
  await switchBranch(project.environment, { name: "main" });
  for (const [path, text] of Object.entries(onMain)) await project.saved(path, text);
  return project;
}

async function openConflicts(project: TestProject) {
  return (await listConflicts(project.environment)).data.conflicts;
}

describe("merge", () => {
  test("edits of different files come together, in a version with two parents", async () => {
    using project = await parted({ [tone]: "warm\n" }, { [length]: "long\n" });
    const { data, needsDecision } = await mergeBranch(project.environment, { name: "next" });
    expect([project.read(tone), project.read(length)]).toEqual(["warm\n", "long\n"]);
    expect(data).toMatchObject({ changed: [{ path: "rules/length.md" }], conflicts: [] });
    expect(needsDecision).toBe(false);
    const [newest] = (await log(project.environment, { limit: 1 })).data.operations;
    expect(newest).toMatchObject({ kind: "merge", details: { merged: "next" } });
    expect((await verify(project.environment)).data.problems).toEqual([]);
  });

  test("a line that a branch brought is its writer's, not that of who merged", async () => {
    using project = await parted({ [tone]: "warm\n" }, { [length]: "long\n" });
    await mergeBranch(project.environment, { name: "next" });
    const { data } = await blame(project.environment, { artifact: "rule/length" });
    expect(data.lines.map((line) => line.actor.name)).toEqual(["bo"]);
  });

  test("where nothing was changed here, the branch goes along, and undo goes back", async () => {
    using project = await parted({}, { [length]: "long\n" });
    const { data } = await mergeBranch(project.environment, { name: "next" });
    expect(data.operation).not.toBeNull();
    expect(project.read(length)).toBe("long\n");
    expect((await blame(project.environment, { artifact: "rule/length" })).data.lines[0]?.actor.name).toBe(
      "bo",
    );
    await undo(project.environment);
    expect(project.read(length)).toBe("short\n");
    await redo(project.environment);
    expect(project.read(length)).toBe("long\n");
    expect((await verify(project.environment)).data.problems).toEqual([]);
  });

  test("an overlap keeps the present version in place and both sides with their writers", async () => {
    using project = await parted({ [tone]: "warm\n", [length]: "medium\n" }, { [tone]: "cold\n" });
    const { data, needsDecision, next } = await mergeBranch(project.environment, { name: "next" });
    expect(needsDecision).toBe(true);
    expect(next).toContain("stet conflicts");
    expect(project.read(tone)).toBe("warm\n");
    const [conflict, ...more] = await openConflicts(project);
    expect(more).toEqual([]);
    expect(conflict).toMatchObject({
      id: data.conflicts[0],
      artifact: "rule/tone",
      yours: { actor: { name: "bo" } },
      theirs: { actor: { name: "ana" } },
    });
    await resolveConflict(project.environment, {
      id: conflict?.id ?? "",
      settlement: { by: "side", side: "yours", whole: false },
    });
    expect(project.read(tone)).toBe("cold\n");
    expect(await openConflicts(project)).toEqual([]);
  });

  test("undo of the settling asks again; undo of the merge takes the question away, redo brings it", async () => {
    using project = await parted({ [tone]: "warm\n" }, { [tone]: "cold\n", [length]: "long\n" });
    await mergeBranch(project.environment, { name: "next" });
    const [conflict] = await openConflicts(project);
    await resolveConflict(project.environment, {
      id: conflict?.id ?? "",
      settlement: { by: "side", side: "yours", whole: false },
    });
    await undo(project.environment);
    expect(project.read(tone)).toBe("warm\n");
    expect(await openConflicts(project)).toMatchObject([
      { yours: conflict?.yours, theirs: conflict?.theirs },
    ]);
    await undo(project.environment);
    expect([project.read(tone), project.read(length)]).toEqual(["warm\n", "short\n"]);
    expect(await openConflicts(project)).toEqual([]);
    await redo(project.environment);
    expect(project.read(length)).toBe("long\n");
    expect(await openConflicts(project)).toHaveLength(1);
    expect((await verify(project.environment)).data.problems).toEqual([]);
  });

  test("undo of a merge that waits for a decision takes the question away, redo brings it", async () => {
    using project = await parted({ [tone]: "warm\n" }, { [tone]: "cold\n", [length]: "long\n" });
    await mergeBranch(project.environment, { name: "next" });
    await undo(project.environment);
    expect(await openConflicts(project)).toEqual([]);
    expect(project.read(length)).toBe("short\n");
    await redo(project.environment);
    expect(await openConflicts(project)).toHaveLength(1);
    expect(project.read(length)).toBe("long\n");
  });

  test("a merge whose settling was undone first can be undone and made again", async () => {
    using project = await parted({ [tone]: "warm\n" }, { [tone]: "cold\n", [length]: "long\n" });
    await mergeBranch(project.environment, { name: "next" });
    const [conflict] = await openConflicts(project);
    await resolveConflict(project.environment, {
      id: conflict?.id ?? "",
      settlement: { by: "side", side: "yours", whole: false },
    });
    await undo(project.environment);
    await undo(project.environment);
    const { data } = await mergeBranch(project.environment, { name: "next" });
    expect(data.conflicts).toHaveLength(1);
    expect(project.read(length)).toBe("long\n");
  });

  test("a merge that was undone can be made again", async () => {
    using project = await parted({ [tone]: "warm\n" }, { [length]: "long\n" });
    await mergeBranch(project.environment, { name: "next" });
    await undo(project.environment);
    expect(project.read(length)).toBe("short\n");
    const { data } = await mergeBranch(project.environment, { name: "next" });
    expect(data.operation).not.toBeNull();
    expect(project.read(length)).toBe("long\n");
  });

  test("undo of a merge leaves what came after it", async () => {
    using project = await parted({ [tone]: "warm\n" }, { [length]: "long\n" });
    const { data } = await mergeBranch(project.environment, { name: "next" });
    await project.saved(".agents/rules/later.md", "later\n", "bo");
    await undo(project.environment, { operation: data.operation ?? "" });
    expect([project.read(length), project.read(".agents/rules/later.md")]).toEqual(["short\n", "later\n"]);
  });

  test("what is merged already is not merged again", async () => {
    using project = await parted({ [tone]: "warm\n" }, { [length]: "long\n" });
    await mergeBranch(project.environment, { name: "next" });
    const { data, notices } = await mergeBranch(project.environment, { name: "next" });
    expect(data.operation).toBeNull();
    expect(notices.map((one) => one.code)).toContain("W-NOTHING");
  });

  test("branches that were merged crosswise come together without asking again", async () => {
    using project = await parted({ [tone]: "warm\n" }, { [length]: "long\n" });
    const { environment } = project;
    // Each takes in the other as it was: main into next-two, next into main.
    await createBranch(environment, { name: "main-before" });
    await mergeBranch(environment, { name: "next" });
    await switchBranch(environment, { name: "next" });
    await mergeBranch(environment, { name: "main-before" });
    await project.saved(tone, "warm and clear\n", "bo");
    await switchBranch(environment, { name: "main" });
    await project.saved(length, "long enough\n");
    const { data } = await mergeBranch(environment, { name: "next" });
    expect(data.conflicts).toEqual([]);
    expect([project.read(tone), project.read(length)]).toEqual(["warm and clear\n", "long enough\n"]);
    expect((await verify(environment)).data.problems).toEqual([]);
  });

  test("what two branches settled differently is asked, not decided by whichever base comes first", async () => {
    using project = await parted({ [tone]: "warm\n" }, { [tone]: "cold\n" });
    const { environment } = project;
    const settle = async () => {
      const [conflict] = await openConflicts(project);
      await resolveConflict(environment, {
        id: conflict?.id ?? "",
        settlement: { by: "side", side: "yours", whole: false },
      });
    };
    await createBranch(environment, { name: "main-before" });
    await mergeBranch(environment, { name: "next" });
    await settle();
    await switchBranch(environment, { name: "next" });
    await mergeBranch(environment, { name: "main-before" });
    await settle();
    await switchBranch(environment, { name: "main" });
    expect(project.read(tone)).toBe("cold\n");
    const { data } = await mergeBranch(environment, { name: "next" });
    expect(data.conflicts).toHaveLength(1);
    expect(await openConflicts(project)).toMatchObject([{ base: null }]);
    expect((await verify(environment)).data.problems).toEqual([]);
  });

  test("what one branch settled and another removed is asked, not kept silently", async () => {
    using project = await parted({ [tone]: "warm\n" }, { [tone]: "cold\n" });
    const { environment } = project;
    const settle = async () => {
      const [conflict] = await openConflicts(project);
      await resolveConflict(environment, {
        id: conflict?.id ?? "",
        settlement: { by: "side", side: "yours", whole: false },
      });
    };
    await createBranch(environment, { name: "main-before" });
    await mergeBranch(environment, { name: "next" });
    await settle();
    await switchBranch(environment, { name: "next" });
    await mergeBranch(environment, { name: "main-before" });
    await settle();
    project.remove(tone);
    await switchBranch(environment, { name: "main" });
    const { data } = await mergeBranch(environment, { name: "next" });
    expect(data.conflicts).toHaveLength(1);
    expect(project.read(tone)).toBe("cold\n");
  });

  test("a file removed on one side and changed on the other is asked about, not lost", async () => {
    using project = await parted({ [tone]: "warm\n" }, {});
    await switchBranch(project.environment, { name: "next" });
    project.remove(tone);
    await switchBranch(project.environment, { name: "main" });
    const { data } = await mergeBranch(project.environment, { name: "next" });
    expect(data.conflicts).toHaveLength(1);
    expect(project.read(tone)).toBe("warm\n");
    expect(await openConflicts(project)).toMatchObject([{ rule: "X2", yours: { blob: null } }]);
  });

  test("halves that come together to a secret are asked, not merged (BUGS X1)", async () => {
    const dashes = "-".repeat(5);
    const middle = Array.from({ length: 4 }, () => "MIIEowIBAAKCAQEA7bq3Zt0m5n8f".repeat(2)).join("\n");
    const text = `calm\n\n\n${middle}\n\n\nend\n`;
    using project = await TestProject.imported({ [length]: text });
    await createBranch(project.environment, { name: "next" });
    await project.saved(
      length,
      text.replace("calm\n\n\n", `calm\n\n${dashes}BEGIN RSA PRIVATE KEY${dashes}\n`),
    );
    await switchBranch(project.environment, { name: "next" });
    const ending = text.replace("\n\n\nend", `\n${dashes}END RSA PRIVATE KEY${dashes}\n\nend`);
    await project.saved(length, ending);
    await mergeBranch(project.environment, { name: "main" });
    expect(project.read(length)).toBe(ending);
    expect(await openConflicts(project)).toMatchObject([{ rule: "X4" }]);
  });

  test("a branch that is not there is refused, with those that are", async () => {
    using project = await parted({}, {});
    expect(await refusalOf(mergeBranch(project.environment, { name: "nxt" }))).toMatchObject({
      code: "E-NOT-FOUND",
      why: "There is main, next.",
    });
  });
});
