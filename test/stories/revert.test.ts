import { expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";

test("revert takes one old change out and keeps the later ones", async () => {
  await using story = await importedLampShop();
  const before = await story.read(canonical.command);
  await story.write(canonical.command, "Write a long brief for $1.\n");
  await story.build("save", "--agent", "polisher");
  const operation = (await story.build("log", "-n", "1")).stdout.slice(0, 11);
  await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
  await story.build("save");
  expect(story.show(await story.stet("revert", operation))).toMatchInlineSnapshot();
  expect(await story.read(canonical.command)).toBe(before);
  expect(await story.read(canonical.agent)).toContain("two times");
  expect(await story.log()).toMatchInlineSnapshot();
});

test("an operation that is not there is an error", async () => {
  await using story = await importedLampShop();
  expect(story.show(await story.stet("revert", "op_zzzzzzzz"))).toMatchInlineSnapshot();
});
