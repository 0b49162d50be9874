import { describe, expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import { dataOf, type Story } from "./story.ts";

const copy = ".claude/agents/reviewer.md";

/** Canonical file and runtime's copy changed in the same place, and a sync that could not decide. */
async function disagreement(): Promise<Story> {
  const story = await importedLampShop();
  await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
  await story.write(copy, (await story.read(copy)).replace("twice", "again"));
  await story.stet("sync");
  return story;
}

async function conflictId(story: Story): Promise<string> {
  const { conflicts } = dataOf(await story.stet("conflicts", "--json"));
  if (!Array.isArray(conflicts) || conflicts.length !== 1) throw new Error("not one conflict");
  return conflicts[0].id;
}

describe("conflicts and resolve", () => {
  test("a conflict is listed with both sides, and each side can be read", async () => {
    await using story = await disagreement();
    const told = await story.stet("conflicts");
    expect(story.show(told)).toMatchInlineSnapshot(`
      "$ stet conflicts
      ⇅ open  cf_1  agent/reviewer  X1 line 6  yours: claude:project d77cb828  theirs: unknown ea8fa485
      --- on standard error
      Next: stet conflicts cf_1
      --- exit 0"
    `);
    const blobs = [...told.stdout.matchAll(/: \S+ ([0-9a-f]{8})/g)].map(([, blob]) => blob ?? "");
    const sides = await Promise.all(
      blobs.map(async (blob) => (await story.stet("cat", `agent/reviewer@${blob}`)).stdout),
    );
    expect(sides.join()).toContain("two times");
    expect(sides.join()).toContain("again");
  });

  test("none: it says so", async () => {
    await using story = await importedLampShop();
    expect(story.show(await story.stet("conflicts"))).toMatchInlineSnapshot(`
      "$ stet conflicts
      ✓ Nothing waits for a decision.
      --- exit 0"
    `);
  });

  test.each([
    ["--yours", "again"],
    ["--theirs", "two times"],
  ])("%s settles it, and the other side stays in history", async (side, word) => {
    await using story = await disagreement();
    const id = await conflictId(story);
    const told = await story.stet("resolve", id.slice(0, 11), side);
    expect(told.exit).toBe(0);
    expect(await story.read(canonical.agent)).toContain(word);
    expect(dataOf(await story.stet("conflicts", "--json"))).toEqual({ conflicts: [] });
    expect((await story.stet("conflicts", "--all")).stdout).toContain("settled");
  });

  test("after --yours a sync carries the settled text on", async () => {
    await using story = await disagreement();
    await story.build("resolve", await conflictId(story), "--yours");
    await story.build("sync");
    expect(await story.read(".codex/agents/reviewer.toml")).toContain("again");
  });

  test("after --theirs a sync carries the settled text on", async () => {
    await using story = await disagreement();
    await story.build("resolve", await conflictId(story), "--theirs");
    await story.build("sync");
    expect(await story.read(copy)).toContain("two times");
  });

  test("a side must be named", async () => {
    await using story = await disagreement();
    const id = await conflictId(story);
    expect(story.show(await story.stet("resolve", id))).toMatchInlineSnapshot(`
      "$ stet resolve cf_1
      --- on standard error
      ✗ The conflict cannot be settled so.  E-INVALID
        where  cf_1 agents/reviewer.md
        why    It is still asked at 1 spots.
        kept   Nothing was changed; both sides are kept.
        fix    stet conflicts cf_1                   see what is asked
               stet resolve cf_1 --theirs            take what is in place
               stet resolve cf_1 --from-file <file>  settle it with a text of your own
      --- exit 6"
    `);
    expect((await story.stet("resolve", id, "--yours", "--theirs")).exit).toBe(2);
  });
});
