import { expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

test("a pinned state has a name that stands wherever an id does", async () => {
  await using story = await importedLampShop();
  const before = await story.read(canonical.command);
  expect(story.show(await story.stet("pin", "calm", "--note", "before the sale"))).toMatchInlineSnapshot(`
    "$ stet pin calm --note before the sale
    ✓ Pinned calm  op_1
    --- on standard error
    Next: stet restore --at calm  ·  stet undo
    --- exit 0"
  `);
  await story.write(canonical.command, "Write a long brief for $1.\n");
  await story.build("save");
  await story.build("restore", "--at", "calm");
  expect(await story.read(canonical.command)).toBe(before);
  expect((await story.stet("pin")).stdout).toMatch(/^calm {2}[0-9a-f]{8} {2}before the sale\n$/);
});

test("unpin removes the name, and a name is not given twice", async () => {
  await using story = await importedLampShop();
  await story.build("pin", "calm");
  expect(story.show(await story.stet("pin", "calm"))).toMatchInlineSnapshot(`
    "$ stet pin calm
    --- on standard error
    ✗ There is a pin of that name already.  E-EXISTS
      where  calm
      why    It holds sha256:<hash>, and a pin is never moved silently.
      kept   Nothing was changed.
      fix    stet pin         see the pins
             stet unpin calm  lift that one first
    --- exit 1"
  `);
  expect(story.show(await story.stet("unpin", "calm"))).toMatchInlineSnapshot(`
    "$ stet unpin calm
    ✓ Removed the pin calm  op_1
    --- on standard error
    Next: stet undo
    --- exit 0"
  `);
  expect(dataOf(await story.stet("pin", "--json"))).toEqual({ pins: [] });
  expect((await story.stet("unpin", "calm")).exit).toBe(1);
});
