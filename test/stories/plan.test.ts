import { expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";

test("plan lists what a sync would do with its reasons, and keeps it for apply", async () => {
  await using story = await importedLampShop();
  await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
  expect(story.show(await story.stet("plan", "--exit-code"))).toMatchInlineSnapshot(`
    "$ stet plan --exit-code
      ~ change  agent/reviewer  claude:project  changed in the store: .claude/agents/reviewer.md
      ~ change  agent/reviewer  codex:project   changed in the store: .codex/agents/reviewer.toml
    Nothing was written.
    --- on standard error
    Next: stet apply pl_1
    --- exit 3"
  `);
  expect(await story.read(".claude/agents/reviewer.md")).toContain("twice");
});

test("with nothing to do it says so", async () => {
  await using story = await importedLampShop();
  expect(story.show(await story.stet("plan"))).toMatchInlineSnapshot(`
    "$ stet plan
    Everything matches.
    --- exit 0"
  `);
});
