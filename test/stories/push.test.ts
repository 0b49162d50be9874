import { expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";

test("push writes one runtime where only that is asked for", async () => {
  await using story = await importedLampShop();
  await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
  expect(story.show(await story.stet("push", "--target", "codex"))).toMatchInlineSnapshot();
  expect(await story.read(".codex/agents/reviewer.toml")).toContain("two times");
  expect(await story.read(".claude/agents/reviewer.md")).toContain("twice");
});

test("a copy that was edited since is left alone and listed", async () => {
  await using story = await importedLampShop();
  const copy = ".claude/agents/reviewer.md";
  await story.write(copy, (await story.read(copy)).replace("twice", "again"));
  await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
  expect(story.show(await story.stet("push", "--target", "claude"))).toMatchInlineSnapshot();
  expect(await story.read(copy)).toContain("again");
});

test("a runtime that stet does not know is an error", async () => {
  await using story = await importedLampShop();
  expect(story.show(await story.stet("push", "--target", "lamp"))).toMatchInlineSnapshot();
});
