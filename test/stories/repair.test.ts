import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

test("a store that is whole is left alone", async () => {
  await using story = await importedLampShop();
  const told = await story.stet("repair", "--json");
  expect(told.exit).toBe(0);
  expect(dataOf(told)).toMatchObject({ repaired: false, lost: [], problems: [] });
});
