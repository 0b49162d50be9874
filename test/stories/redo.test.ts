import { expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";

test("redo brings back what undo took away", async () => {
  await using story = await importedLampShop();
  await story.write(canonical.command, "Write a long brief for $1.\n");
  await story.build("save");
  await story.build("undo");
  expect(story.show(await story.stet("redo"))).toMatchInlineSnapshot();
  expect(await story.read(canonical.command)).toBe("Write a long brief for $1.\n");
  expect(await story.log()).toMatchInlineSnapshot();
});

test("with nothing to redo it says so", async () => {
  await using story = await importedLampShop();
  expect(story.show(await story.stet("redo"))).toMatchInlineSnapshot();
});
