import { rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";

test("check needs no store: 0 where copies agree, 1 where one does not", async () => {
  await using story = await importedLampShop();
  await rm(story.storeFolder, { recursive: true });
  expect(story.show(await story.stet("check"))).toMatchInlineSnapshot(`
    "$ stet check
    ✓ Every copy is as it should be: 4 artifacts, 2 targets.
    --- exit 0"
  `);
  await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
  expect(story.show(await story.stet("check", "--target", "codex"))).toMatchInlineSnapshot(`
    "$ stet check --target codex
    ✗ 1 difference in 4 artifacts, 1 target:
      diverged  agent/reviewer  codex:project  differs, and stet has not written it before, so which side is newer is not known: .codex/agents/reviewer.toml
    --- on standard error
    Next: stet status  ·  stet sync
    --- exit 1"
  `);
});
