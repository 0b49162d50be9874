import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";

const draft = ".agents/stet/local/skills/idea/SKILL.md";
const promoted = ".agents/skills/idea/SKILL.md";

test("a private draft moves to the project, and one undo moves it back", async () => {
  await using story = await importedLampShop();
  await story.build("init", "--local", "--yes");
  await story.build("new", "skill/idea", "--local");
  const text = await story.read(draft);
  await story.build("promote", "skill/idea");
  expect(await story.read(promoted)).toBe(text);
  await expect(story.read(draft)).rejects.toThrow();
  await story.build("undo");
  expect(await story.read(draft)).toBe(text);
  await expect(story.read(promoted)).rejects.toThrow();
});
