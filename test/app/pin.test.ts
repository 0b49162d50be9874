import { expect, test } from "vitest";
import { listPins, pin, unpin } from "../../src/app/pin.ts";
import { restore } from "../../src/app/restore.ts";
import { redo, undo } from "../../src/app/undo.ts";
import { refusalOf, TestProject } from "./test-project.ts";

const path = ".agents/rules/tone.md";

async function pinNames(project: TestProject): Promise<readonly string[]> {
  return (await listPins(project.environment)).data.pins.map((one) => one.name);
}

test("a pinned version can be gone back to by its name", async () => {
  using project = await TestProject.imported({ [path]: "one\n" });
  await pin(project.environment, { name: "good", note: "before the rewrite" });
  await project.saved(path, "two\n");
  expect((await listPins(project.environment)).data.pins).toMatchObject([
    { name: "good", note: "before the rewrite" },
  ]);
  await restore(project.environment, { at: "good" });
  expect(project.read(path)).toBe("one\n");
});

test("a pin can be set on an earlier operation", async () => {
  using project = await TestProject.imported({ [path]: "one\n" });
  const second = await project.saved(path, "two\n");
  await project.saved(path, "three\n");
  await pin(project.environment, { name: "second", at: second });
  await restore(project.environment, { at: "second" });
  expect(project.read(path)).toBe("two\n");
});

test("undo lifts a pin and redo sets it; the same for unpin", async () => {
  using project = await TestProject.imported({ [path]: "one\n" });
  await pin(project.environment, { name: "good", note: "n" });
  await undo(project.environment);
  expect(await pinNames(project)).toEqual([]);
  await redo(project.environment);
  expect(await pinNames(project)).toEqual(["good"]);
  await unpin(project.environment, { name: "good" });
  expect(await pinNames(project)).toEqual([]);
  await undo(project.environment);
  expect(await pinNames(project)).toEqual(["good"]);
});

test("a name is never moved silently, and none is set that reads like an id or an option", async () => {
  using project = await TestProject.imported({ [path]: "one\n" });
  await pin(project.environment, { name: "good" });
  await project.saved(path, "two\n");
  const refusals = [
    ["good", "E-EXISTS"],
    ["-x", "E-NAME"],
    ["deadbeef", "E-NAME"],
    ["", "E-NAME"],
  ];
  for (const [name = "", code] of refusals) {
    expect(await refusalOf(pin(project.environment, { name }))).toMatchObject({ code });
  }
  expect(await refusalOf(unpin(project.environment, { name: "none" }))).toMatchObject({
    code: "E-NOT-FOUND",
  });
});
