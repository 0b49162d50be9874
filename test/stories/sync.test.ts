import { describe, expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

const copy = ".claude/agents/reviewer.md";

describe("sync", () => {
  test("carries a canonical edit to both runtimes, each in its own format", async () => {
    await using story = await importedLampShop();
    await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
    expect(story.show(await story.stet("sync", "--dry-run"))).toMatchInlineSnapshot();
    expect(await story.read(copy)).toContain("twice");
    expect(story.show(await story.stet("sync"))).toMatchInlineSnapshot();
    expect(await story.read(copy)).toBe(await story.read(canonical.agent));
    expect(await story.read(".codex/agents/reviewer.toml")).toContain("two times");
    expect(await story.log()).toMatchInlineSnapshot();
  });

  test("takes a runtime's edit in and carries it on", async () => {
    await using story = await importedLampShop();
    await story.write(copy, (await story.read(copy)).replace("twice", "two times"));
    await story.build("sync");
    expect(await story.read(canonical.agent)).toContain("two times");
    expect(await story.read(".codex/agents/reviewer.toml")).toContain("two times");
  });

  test("a second sync writes nothing", async () => {
    await using story = await importedLampShop();
    await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
    await story.build("sync");
    expect(dataOf(await story.stet("sync", "--json"))).toMatchObject({ operation: null, changed: [] });
  });

  test("where both sides moved nothing is overwritten, and the exit code is 4", async () => {
    await using story = await importedLampShop();
    await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
    await story.write(copy, (await story.read(copy)).replace("twice", "again"));
    expect(story.show(await story.stet("sync"))).toMatchInlineSnapshot();
    expect(await story.read(copy)).toContain("again");
    expect(await story.disk()).not.toMatch(/<<<<|\.orig|\.bak/);
  });

  test("undo of a sync restores the runtimes' files, not the canonical ones", async () => {
    await using story = await importedLampShop();
    await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
    await story.build("save");
    await story.build("sync");
    await story.build("undo");
    expect(await story.read(copy)).toContain("twice");
    expect(await story.read(canonical.agent)).toContain("two times");
  });
});
