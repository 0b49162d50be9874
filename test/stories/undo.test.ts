import { describe, expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import { dataOf, type Story } from "./story.ts";

async function edited(story: Story, word: string, ...claims: readonly string[]) {
  await story.write(canonical.agent, (await story.read(canonical.agent)).replace(/Look for/, `${word} for`));
  await story.build("save", ...claims);
}

describe("undo", () => {
  test("takes my last change back, on disk and on record", async () => {
    await using story = await importedLampShop();
    const before = await story.read(canonical.agent);
    await edited(story, "Search");
    expect(story.show(await story.stet("undo"))).toMatchInlineSnapshot(`
      "$ stet undo
      ✓ Undid ana's op_1, <time>: agent/reviewer: edited (opening) → agents/reviewer.md  op_2
      --- on standard error
      Next: stet redo  ·  stet status
      --- exit 0"
    `);
    expect(await story.read(canonical.agent)).toBe(before);
    expect(await story.log()).toMatchInlineSnapshot(`
      "op_2 ana undo: ~agents/reviewer.md
      op_1 ana save: ~agents/reviewer.md
      op_3 ana init: +@project/AGENTS.md +agents/reviewer.md +commands/shop/brief.md +skills/copy/SKILL.md +skills/copy/scripts/measure.sh +stet/collection.toml"
    `);
  });

  test("an agent's change needs its id or --any", async () => {
    await using story = await importedLampShop();
    const before = await story.read(canonical.agent);
    await edited(story, "Search", "--agent", "polisher");
    const refused = await story.stet("undo");
    expect(story.show(refused)).toMatchInlineSnapshot(`
      "$ stet undo
      --- on standard error
      ✗ There is nothing left to undo by you.  E-NOTHING-TO-UNDO
        where  the log of this collection
        why    Every operation that it would take is taken back already, or was made by another.
        kept   Nothing was changed.
        fix    stet log         see all operations
               stet undo --any  take the newest of anybody
      --- exit 1"
    `);
    await story.build("undo", "--any");
    expect(await story.read(canonical.agent)).toBe(before);
  });

  test("later work stays: an old change is taken out of the middle, or becomes a conflict (BUGS S10)", async () => {
    await using story = await importedLampShop();
    await edited(story, "Search");
    const operation = (await story.build("log", "-n", "1")).stdout.slice(0, 11);
    await story.write(canonical.command, "Write a long brief for $1.\n");
    await story.build("save");
    await story.build("undo", operation);
    expect(await story.read(canonical.agent)).toContain("Look for");
    expect(await story.read(canonical.command)).toContain("long brief");
  });

  test("a change is taken out of a file that was renamed since, under its new name (BUGS D4)", async () => {
    await using story = await importedLampShop();
    const before = await story.read(canonical.agent);
    await story.write(canonical.agent, before.replace("twice", "again"));
    const { operation } = dataOf(await story.build("save", "-m", "say again", "--json"));
    await story.build("mv", "agent/reviewer", "agent/checker");
    await story.build("mv", "agent/checker", "agent/gatekeeper");
    const { changed } = dataOf(await story.build("revert", String(operation), "--json"));
    expect(changed).toMatchObject([{ path: "agents/gatekeeper.md" }]);
    expect(await story.read(".agents/agents/gatekeeper.md")).toBe(before);
    expect(await story.disk(".agents/agents")).toBe(".agents/agents/gatekeeper.md");
  });

  test("undo, undo, redo, redo comes back to where it began", async () => {
    await using story = await importedLampShop();
    await edited(story, "Search");
    await story.write(canonical.command, "Write a long brief for $1.\n");
    await story.build("save");
    const state = async () => [await story.read(canonical.agent), await story.read(canonical.command)];
    const began = await state();
    await story.build("undo");
    await story.build("undo");
    expect(await state()).not.toEqual(began);
    await story.build("redo");
    await story.build("redo");
    expect(await state()).toEqual(began);
  });

  test("with nothing to undo it says so", async () => {
    await using story = await importedLampShop();
    expect(story.show(await story.stet("undo"))).toMatchInlineSnapshot(`
      "$ stet undo
      --- on standard error
      ✗ There is nothing left to undo by you.  E-NOTHING-TO-UNDO
        where  the log of this collection
        why    Every operation that it would take is taken back already, or was made by another.
        kept   Nothing was changed.
        fix    stet log         see all operations
               stet undo --any  take the newest of anybody
      --- exit 1"
    `);
  });
});
