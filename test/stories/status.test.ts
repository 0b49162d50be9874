import { describe, expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

describe("status", () => {
  test("after the import everything matches, and --exit-code agrees", async () => {
    await using story = await importedLampShop();
    expect(story.show(await story.stet("status"))).toMatchInlineSnapshot();
    expect(story.show(await story.stet("status", "--all"))).toMatchInlineSnapshot();
  });

  test("an edited canonical file is named with its targets and the reason", async () => {
    await using story = await importedLampShop();
    await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
    expect(story.show(await story.stet("status"))).toMatchInlineSnapshot();
    expect((await story.stet("status", "--exit-code")).exit).toBe(3);
  });

  test("an edited copy of a runtime is ahead", async () => {
    await using story = await importedLampShop();
    const path = ".claude/agents/reviewer.md";
    await story.write(path, (await story.read(path)).replace("twice", "two times"));
    const { rows } = dataOf(await story.stet("status", "--json"));
    expect(rows).toContainEqual({
      kind: "agent",
      name: "reviewer",
      target: "claude",
      state: "ahead",
      reason: expect.stringMatching(/\w/),
    });
  });

  test("the shape that others rely on; no row without a reason", async () => {
    await using story = await importedLampShop();
    const data = dataOf(await story.stet("status", "--json", "--all"));
    expect(Object.keys(data).sort()).toEqual(["collections", "conflicts", "pending", "rows", "targets"]);
    const rows = Array.isArray(data.rows) ? data.rows : [];
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.reason).toMatch(/\w/);
  });
});
