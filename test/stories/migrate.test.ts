import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";

test("what APM wants comes, with where it came from; what cannot be taken over is named", async () => {
  await using story = await importedLampShop({
    "vendor/skills/price/SKILL.md":
      "---\nname: price\ndescription: Says what a lamp costs.\n---\n\n# Price\n\nAsk for the size first.\n",
    "apm.yml":
      "name: lamps\nversion: 1.0.0\ndependencies:\n  apm: [./vendor, { id: acme/tools, version: 1.0.0 }]\n",
  });
  expect(story.show(await story.stet("migrate"))).toMatchInlineSnapshot(`
    "$ stet migrate
    ✓ Took over 4 files  op_1
      skill/price  new  folder:./vendor
      – left  {"id":"acme/tools","version":"1.0.0"}  it comes from a registry that only APM speaks with
    --- on standard error
    Next: stet outdated  ·  stet undo
    --- exit 4"
  `);
  expect(await story.read(".agents/stet/collection.toml")).toContain('source = "folder:./vendor"');
  expect((await story.stet("migrate", "nowhere")).exit).toBe(1);
});
