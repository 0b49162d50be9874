import { describe, expect, test } from "vitest";
import { canonical, importedLampShop, lampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

describe("cat", () => {
  test("prints the bytes and nothing else", async () => {
    await using story = await importedLampShop();
    const told = await story.stet("cat", "skill/copy");
    expect(told).toMatchObject({ exit: 0, stderr: "", stdout: lampShop[".claude/skills/copy/SKILL.md"] });
    const script = await story.stet("cat", "skill/copy:scripts/measure.sh");
    expect(script.stdout).toBe(lampShop[".claude/skills/copy/scripts/measure.sh"]);
  });

  test("as of an operation, a time and a blob, each by a prefix or in full", async () => {
    await using story = await importedLampShop();
    const before = await story.read(canonical.agent);
    await story.write(canonical.agent, before.replace("twice", "two times"));
    await story.build("save");
    const { operations } = dataOf(await story.stet("log", "agent/reviewer", "--json"));
    if (!Array.isArray(operations)) throw new Error("no operations");
    const [saved, imported] = operations;
    expect((await story.stet("cat", "agent/reviewer")).stdout).toContain("two times");
    expect((await story.stet("cat", `agent/reviewer@${imported.id}`)).stdout).toBe(before);
    expect((await story.stet("cat", `agent/reviewer@${imported.id.slice(0, 11)}`)).stdout).toBe(before);
    expect((await story.stet("cat", `agent/reviewer@${imported.at}`)).stdout).toBe(before);
    const blob: string = saved.changes[0].before;
    expect((await story.stet("cat", `agent/reviewer@${blob}`)).stdout).toBe(before);
    expect((await story.stet("cat", `agent/reviewer@${blob.slice(7, 15)}`)).stdout).toBe(before);
  });

  test("bytes that are not text come out as they went in", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    await using story = await importedLampShop({ ".claude/skills/copy/lamp.bin": bytes });
    const { base64 } = dataOf(await story.stet("cat", "skill/copy:lamp.bin", "--json"));
    expect(Buffer.from(String(base64), "base64")).toEqual(Buffer.from(bytes));
  });

  test("what is not there is an error that leads on", async () => {
    await using story = await importedLampShop();
    expect(story.show(await story.stet("cat", "skill/lamp"))).toMatchInlineSnapshot(`
      "$ stet cat skill/lamp
      --- on standard error
      ✗ There is no such artifact.  E-NOT-FOUND
        where  skill/lamp
        why    The collection holds none of that name.
        kept   Nothing was changed.
        fix    stet list            see what there is
               stet log skill/lamp  see whether it was there before
      --- exit 1"
    `);
  });
});
