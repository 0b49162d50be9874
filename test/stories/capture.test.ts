import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import { Story } from "./story.ts";

function hookInput(story: Story, file: string): string {
  return JSON.stringify({
    session_id: "s-42",
    cwd: story.project,
    hook_event_name: "PostToolUse",
    tool_name: "Edit",
    tool_input: { file_path: join(story.project, file) },
  });
}

describe("capture --hook", () => {
  test("records the file that the runtime's agent wrote, under that runtime's name", async () => {
    await using story = await importedLampShop();
    await story.write(canonical.skill, (await story.read(canonical.skill)).replace("short", "brief"));
    const told = await story.stetWith(
      { input: hookInput(story, canonical.skill) },
      "capture",
      "--hook",
      "claude",
    );
    expect(told).toMatchObject({ exit: 0, stdout: "", stderr: "" });
    expect((await story.stet("log", "-n", "1")).stdout).toMatch(/claude.*session s-42/);
  });

  test.each([
    ["a text that is no JSON", "not json"],
    ["nothing", ""],
    ["an event about no file", '{"hook_event_name":"Stop"}'],
  ])("never fails the runtime: %s", async (_name, input) => {
    await using story = await importedLampShop();
    const told = await story.stetWith({ input }, "capture", "--hook", "claude");
    expect(told).toMatchObject({ exit: 0, stdout: "" });
  });

  test("outside a collection it is silent and creates nothing", async () => {
    await using story = await Story.begin({ "a.md": "x\n" });
    const told = await story.stetWith({ input: hookInput(story, "a.md") }, "capture", "--hook", "codex");
    expect(told).toMatchObject({ exit: 0, stdout: "" });
    expect(await story.disk()).toBe("a.md");
  });
});
