import { describe, expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import { dataOf, type Story } from "./story.ts";

async function firstOperation(story: Story): Promise<{ id: string; at: string }> {
  const { operations } = dataOf(await story.build("log", "--json"));
  if (!Array.isArray(operations)) throw new Error("no operations");
  return operations.at(-1);
}

describe("restore", () => {
  test("one artifact as of an operation; the rest stays", async () => {
    await using story = await importedLampShop();
    const before = await story.read(canonical.skill);
    await story.write(canonical.skill, "# Another text\n");
    await story.remove(canonical.script);
    await story.write(canonical.command, "Write a long brief for $1.\n");
    await story.build("save");
    const { id } = await firstOperation(story);
    expect(story.show(await story.stet("restore", "skill/copy", "--at", id))).toMatchInlineSnapshot(`
      "$ stet restore skill/copy --at op_1
      ✓ Restored skills/copy/SKILL.md and skills/copy/scripts/measure.sh (new)  op_2
      --- on standard error
      Next: stet undo  ·  stet status
      --- exit 0"
    `);
    expect(await story.read(canonical.skill)).toBe(before);
    expect(await story.disk(".agents/skills")).toMatchInlineSnapshot(`
      ".agents/skills/copy/SKILL.md
      .agents/skills/copy/scripts/measure.sh *"
    `);
    expect(await story.read(canonical.command)).toContain("long brief");
  });

  test("everything as of a time, and undo takes the restore back", async () => {
    await using story = await importedLampShop();
    const before = await story.read(canonical.command);
    await story.write(canonical.command, "Write a long brief for $1.\n");
    await story.build("save");
    const { at } = await firstOperation(story);
    await story.build("restore", "--at", at);
    expect(await story.read(canonical.command)).toBe(before);
    await story.build("undo");
    expect(await story.read(canonical.command)).toBe("Write a long brief for $1.\n");
  });

  test("without --at it drops the edits that are not saved, and they are in history (P1)", async () => {
    await using story = await importedLampShop();
    const before = await story.read(canonical.skill);
    await story.write(canonical.skill, "# Not saved\n");
    await story.build("restore", "skill/copy");
    expect(await story.read(canonical.skill)).toBe(before);
    const { operations } = dataOf(await story.build("log", "skill/copy", "--json"));
    if (!Array.isArray(operations)) throw new Error("no operations");
    const blobs = operations.flatMap(({ changes }) => changes.map((one: { after: string }) => one.after));
    const texts = await Promise.all(
      blobs.filter(Boolean).map(async (blob) => (await story.stet("cat", `skill/copy@${blob}`)).stdout),
    );
    expect(texts).toContain("# Not saved\n");
  });
});
