import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";
import { dataOf, Story } from "./story.ts";

async function offered(story: Story, ...words: readonly string[]): Promise<readonly string[]> {
  const { candidates } = dataOf(await story.stet("completion", "--complete", "--json", "--", ...words));
  return Array.isArray(candidates) ? candidates.map(({ value }: { value: string }) => value) : [];
}

describe("completion", () => {
  test("commands, options and their choices", async () => {
    await using story = await Story.begin({});
    expect(await offered(story, "expl")).toEqual(["explain"]);
    expect(await offered(story, "log", "--nu")).toEqual(["--number"]);
    expect(await offered(story, "log", "--scope", "u")).toEqual(["user"]);
    expect(await offered(story, "explain", "E-STAL")).toEqual(["E-STALE"]);
  });

  test("artifact names and operation ids are those of the moment", async () => {
    await using story = await importedLampShop();
    expect(await offered(story, "cat", "skill/")).toEqual(["skill/copy"]);
    expect(await offered(story, "-C", ".", "save", "agent/reviewer", "command/")).toEqual([
      "command/shop/brief",
    ]);
    const operations = await offered(story, "undo", "op_");
    expect(operations).toHaveLength(1);
    expect((await story.stet("show", operations[0] ?? "")).exit).toBe(0);
  });

  test("outside a collection nothing is offered, and nothing fails", async () => {
    await using story = await Story.begin({});
    const told = await story.stet("completion", "--complete", "--", "cat", "");
    expect(told).toMatchObject({ exit: 0, stdout: "", stderr: "" });
  });

  test.each(["bash", "zsh", "fish"])("%s can read its script", async (shell) => {
    await using story = await Story.begin({});
    const { stdout } = await story.build("completion", shell);
    expect(stdout).toContain("completion --complete --");
    const found = spawnSync("sh", ["-c", `command -v ${shell}`], { encoding: "utf8" }).stdout.trim();
    if (!existsSync(found)) return;
    const check = spawnSync(found, ["-n"], { input: stdout, encoding: "utf8" });
    expect(check.stderr).toBe("");
    expect(check.status).toBe(0);
  });

  test("which shell must be said", async () => {
    await using story = await Story.begin({});
    expect((await story.stet("completion")).exit).toBe(2);
  });
});
