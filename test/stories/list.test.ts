import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

test("list names every artifact as other commands take it", async () => {
  await using story = await importedLampShop();
  expect(story.show(await story.stet("list"))).toMatchInlineSnapshot();
});

test("one kind, in singular or plural", async () => {
  await using story = await importedLampShop();
  const { artifacts } = dataOf(await story.stet("list", "skills", "--json"));
  expect(artifacts).toMatchObject([{ kind: "skill", name: "copy", declaredName: "copy", files: 2 }]);
  expect((await story.stet("list", "skill")).stdout).toBe((await story.stet("list", "skills")).stdout);
  expect((await story.stet("list", "lamp")).exit).toBe(2);
});

test("an artifact that does not parse is listed with its problem", async () => {
  await using story = await importedLampShop({ ".claude/agents/odd.md": "---\nname: [\n---\n\nBody.\n" });
  expect((await story.stet("list", "agent")).stdout).toMatchInlineSnapshot();
});
