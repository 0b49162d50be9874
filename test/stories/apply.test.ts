import { expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import type { Story } from "./story.ts";

async function plannedEdit(story: Story): Promise<string> {
  await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
  const told = await story.build("plan", "--json");
  const { data }: { data: { plan: string } } = JSON.parse(told.stdout);
  return data.plan;
}

test("apply does what the plan said", async () => {
  await using story = await importedLampShop();
  const id = await plannedEdit(story);
  expect(story.show(await story.stet("apply", id))).toMatchInlineSnapshot(`
    "$ stet apply pl_1
    ✓ Applied claude:project:.claude/agents/reviewer.md and codex:project:.codex/agents/reviewer.toml  op_1
    --- on standard error
    Next: stet undo
    --- exit 0"
  `);
  expect(await story.read(".claude/agents/reviewer.md")).toContain("two times");
});

test("a row whose file moved is planned anew, and the exit code is 5", async () => {
  await using story = await importedLampShop();
  const id = await plannedEdit(story);
  const copy = ".claude/agents/reviewer.md";
  await story.write(copy, (await story.read(copy)).replace("twice", "again"));
  expect(story.show(await story.stet("apply", id))).toMatchInlineSnapshot(`
    "$ stet apply pl_1
    ✓ Applied codex:project:.codex/agents/reviewer.toml  op_1
      – planned anew  agent/reviewer  claude:project  changed since: claude:project:.claude/agents/reviewer.md; now ask
    --- on standard error
    Next: stet apply pl_2  ·  stet undo
    --- exit 5"
  `);
  expect(await story.read(copy)).toContain("again");
});
