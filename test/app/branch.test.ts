import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createBranch, deleteBranch, listBranches } from "../../src/app/branch.ts";
import { diff } from "../../src/app/diff.ts";
import { log } from "../../src/app/log.ts";
import { branchNamed } from "../../src/app/record/branch-heads.ts";
import { restore } from "../../src/app/restore.ts";
import { goToBranch, switchBranch } from "../../src/app/switch-branch.ts";
import { redo, undo } from "../../src/app/undo.ts";
import { verify } from "../../src/app/verify.ts";
import { openUserStore, Workbench } from "../../src/app/workbench/workbench.ts";
import { writing } from "../../src/app/workbench/writing.ts";
import { randomId } from "../../src/domain/ids.ts";
import type { Store } from "../../src/store/store.ts";
import { failingDisk } from "../workspace/faulty-disk.ts";
import { refusalOf, TestProject } from "./test-project.ts";

const path = ".agents/rules/tone.md";

async function namesOf(project: TestProject): Promise<string> {
  const { data } = await listBranches(project.environment);
  return data.branches.map((one) => `${one.current ? "*" : ""}${one.name}`).join(" ");
}

/** A collection with one rule that says `main`, and on the branch `next` says `next`. */
async function twoBranches(): Promise<TestProject> {
  const project = await TestProject.imported({ [path]: "main\n" });
  await switchBranch(project.environment, { name: "next", create: true });
  await project.saved(path, "next\n");
  await switchBranch(project.environment, { name: "main" });
  return project;
}

describe("branches", () => {
  test("a new branch begins here, is listed, and nothing on disk changes", async () => {
    using project = await TestProject.imported({ [path]: "main\n" });
    await createBranch(project.environment, { name: "team/next" });
    expect(await namesOf(project)).toBe("*main team/next");
    expect(project.read(path)).toBe("main\n");
    await undo(project.environment);
    expect(await namesOf(project)).toBe("*main");
    await redo(project.environment);
    expect(await namesOf(project)).toBe("*main team/next");
  });

  test("going to a branch puts its files in place, and edits stay where they were made", async () => {
    using project = await twoBranches();
    expect(project.read(path)).toBe("main\n");
    project.write(path, "edited on main\n");
    const { data } = await switchBranch(project.environment, { name: "next" });
    expect(data).toMatchObject({ branch: "next", changed: [{ path: "rules/tone.md" }] });
    expect(project.read(path)).toBe("next\n");
    await switchBranch(project.environment, { name: "main" });
    expect(project.read(path)).toBe("edited on main\n");
    expect((await verify(project.environment)).data.problems).toEqual([]);
  });

  test("files that only one branch has come and go", async () => {
    using project = await twoBranches();
    await project.saved(".agents/rules/only-main.md", "here\n");
    await switchBranch(project.environment, { name: "next" });
    expect(() => project.read(".agents/rules/only-main.md")).toThrow();
    await switchBranch(project.environment, { name: "main" });
    expect(project.read(".agents/rules/only-main.md")).toBe("here\n");
  });

  test("undo of a switch goes back, and redo goes there again", async () => {
    using project = await twoBranches();
    await undo(project.environment);
    expect([await namesOf(project), project.read(path)]).toEqual(["main *next", "next\n"]);
    await redo(project.environment);
    expect([await namesOf(project), project.read(path)]).toEqual(["*main next", "main\n"]);
  });

  test("undo of a switch that began its branch takes the branch away again", async () => {
    using project = await TestProject.imported({ [path]: "main\n" });
    await switchBranch(project.environment, { name: "next", create: true });
    await undo(project.environment);
    expect(await namesOf(project)).toBe("*main");
    await redo(project.environment);
    expect(await namesOf(project)).toBe("main *next");
  });

  test("undo passes over what moved only another branch", async () => {
    using project = await TestProject.imported({ [path]: "main\n" });
    const here = await project.saved(path, "second on main\n");
    await switchBranch(project.environment, { name: "next", create: true });
    await project.saved(path, "next\n");
    // Back on main by another person, so that the newest operation of ana is on the other branch.
    await switchBranch(project.with({ user: "bo" }), { name: "main" });
    const { data } = await undo(project.environment);
    expect(data.undone.id).toBe(here);
    expect(project.read(path)).toBe("main\n");
    await switchBranch(project.environment, { name: "next" });
    expect(project.read(path)).toBe("next\n");
  });

  test("a removed branch comes back with undo", async () => {
    using project = await twoBranches();
    await deleteBranch(project.environment, { name: "next", yes: true });
    expect(await namesOf(project)).toBe("*main");
    await undo(project.environment);
    await switchBranch(project.environment, { name: "next" });
    expect(project.read(path)).toBe("next\n");
  });

  test("the removal of a branch is confirmed, and the one on disk stays", async () => {
    using project = await twoBranches();
    const asked = deleteBranch(project.environment, { name: "next" });
    expect(await refusalOf(asked)).toMatchObject({ code: "E-CONFIRM" });
    const own = deleteBranch(project.environment, { name: "main", yes: true });
    expect(await refusalOf(own)).toMatchObject({ code: "E-BRANCH-HELD" });
    expect(await namesOf(project)).toBe("*main next");
  });

  test.each(["", "-f", "a b", "../up", "a//b", ".hidden", "a\nb", "ends."])(
    "%j cannot be a name",
    async (name) => {
      using project = await TestProject.imported({ [path]: "main\n" });
      expect(await refusalOf(createBranch(project.environment, { name }))).toMatchObject({ code: "E-NAME" });
    },
  );

  test("a name that differs only by case is taken", async () => {
    using project = await TestProject.imported({ [path]: "main\n" });
    const asked = createBranch(project.environment, { name: "Main" });
    expect(await refusalOf(asked)).toMatchObject({ code: "E-EXISTS", where: "main" });
  });

  test("a state from before the branch began can be gone back to", async () => {
    using project = await TestProject.imported({ [path]: "one\n" });
    const second = await project.saved(path, "two\n");
    await project.saved(path, "three\n");
    const { at } = (await log(project.environment, { limit: 10 })).data.operations[1] ?? { at: "" };
    await switchBranch(project.environment, { name: "next", create: true });
    await restore(project.environment, { at });
    expect(project.read(path)).toBe("two\n");
    await restore(project.environment, { at: second });
    expect(project.read(path)).toBe("two\n");
  });

  test("a branch's name is a point to compare with", async () => {
    using project = await twoBranches();
    const { data } = await diff(project.environment, { from: "next" });
    expect(data.files.map((one) => one.patch).join("")).toContain("-next\n+main\n");
  });

  test("a branch that another checkout has on disk is left to it", async () => {
    using project = await twoBranches();
    const other = join(project.folder, "other");
    await withStore(project, async (store) => {
      const [known] = await store.checkouts.checkouts();
      if (known === undefined) throw new Error("the checkout is known");
      const id = randomId("checkout", project.environment.random(20));
      const there = { ...known, id, base: other, root: join(other, ".agents"), branch: "next", inode: "1" };
      await store.checkouts.apply({ checkouts: [there] }, { durable: true });
    });
    const { data } = await listBranches(project.environment);
    expect(data.branches.find((one) => one.name === "next")?.elsewhere).toEqual([join(other, ".agents")]);
    const refusal = await refusalOf(switchBranch(project.environment, { name: "next" }));
    expect(refusal).toMatchObject({ code: "E-BRANCH-HELD", why: expect.stringContaining(other) });
    expect(await refusalOf(deleteBranch(project.environment, { name: "next", yes: true }))).toMatchObject({
      code: "E-BRANCH-HELD",
    });
    expect([await namesOf(project), project.read(path)]).toEqual(["*main next", "main\n"]);
  });

  test("a switch whose files cannot be put in place leaves the checkout on its branch", async () => {
    using project = await twoBranches();
    const refusal = await refusalOf(
      writing(project.environment, {}, async (bench) => {
        const disk = failingDisk(bench.disk, "EIO", 1, (call) => call === "exchange" || call === "link").disk;
        const { environment, store, located, actor, checkout, lock } = bench;
        const faulty = new Workbench({
          environment,
          store,
          disk,
          located,
          actor,
          checkout,
          isReadOnly: false,
        });
        faulty.holdLock(lock);
        const branch = await branchNamed(bench, "next");
        await goToBranch(faulty, branch, { kind: "switch", reason: null });
      }),
    );
    expect(refusal).toMatchObject({ code: "E-IO" });
    expect([await namesOf(project), project.read(path)]).toEqual(["*main next", "main\n"]);
    // The checkout is whole: it saves on main, and can switch again.
    await project.saved(path, "on main still\n");
    await switchBranch(project.environment, { name: "next" });
    expect(project.read(path)).toBe("next\n");
    expect((await verify(project.environment)).data.problems).toEqual([]);
  });
});

async function withStore(project: TestProject, work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openUserStore(project.environment);
  try {
    await work(store);
  } finally {
    await store.close();
  }
}
