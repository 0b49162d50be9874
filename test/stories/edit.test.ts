import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import type { Story } from "./story.ts";

/** An editor that runs a shell script on the copy, `$1`. */
async function edit(story: Story, script: string, ...words: readonly string[]) {
  const editor = join(story.folder, "editor.sh");
  await writeFile(editor, `#!/bin/sh\n${script}\n`);
  await chmod(editor, 0o755);
  return await story.stetWith({ variables: { EDITOR: editor } }, "edit", ...words);
}

describe("edit", () => {
  test("what the editor leaves is saved", async () => {
    await using story = await importedLampShop();
    const told = await edit(story, 'sed -i s/short/brief/ "$1"', "skill/copy", "-m", "brief");
    expect(story.show(told)).toMatchInlineSnapshot(`
      "$ stet edit skill/copy -m brief
      ✓ Saved skills/copy/SKILL.md  op_1
      --- on standard error
      Next: stet undo
      --- exit 0"
    `);
    expect(await story.read(canonical.skill)).toContain("Be brief.");
    expect(await story.log()).toMatchInlineSnapshot(`
      "op_1 ana save: ~skills/copy/SKILL.md
      op_2 ana init: +@project/AGENTS.md +agents/reviewer.md +commands/shop/brief.md +skills/copy/SKILL.md +skills/copy/scripts/measure.sh +stet/collection.toml"
    `);
  });

  test("left as it was, nothing is recorded", async () => {
    await using story = await importedLampShop();
    const before = await story.log();
    expect(story.show(await edit(story, "true", "skill/copy"))).toMatchInlineSnapshot(`
      "$ stet edit skill/copy
      · Nothing was changed.
      --- exit 0"
    `);
    expect(await story.log()).toBe(before);
  });

  test("somebody else's change of another part is merged in, and nobody's text is lost (BUGS S2)", async () => {
    await using story = await importedLampShop();
    const other = `sed -i s/perfect/iconic/ "${join(story.project, canonical.skill)}"`;
    await edit(story, `${other}\nsed -i s/short/brief/ "$1"`, "skill/copy");
    const texts = await everyText(story, "skill/copy");
    expect(texts.some((text) => text.includes("Be brief."))).toBe(true);
    expect(texts.some((text) => text.includes("Never say iconic."))).toBe(true);
  });

  test("an editor that fails saves nothing, and the copy is named", async () => {
    await using story = await importedLampShop();
    const told = await edit(story, 'echo half > "$1"; exit 3', "skill/copy");
    expect(told.exit).toBe(1);
    expect(told.stderr).toMatch(
      /kept {3}The artifact is as it was; the editor's copy is at .*stet-edit-.*SKILL\.md/,
    );
    expect(await story.read(canonical.skill)).toContain("Be short.");
    await rm(dirname(/copy is at (\S+)\.$/m.exec(told.stderr)?.[1] ?? ""), { recursive: true });
  });

  test("interrupted while the editor is open: nothing is saved, the copy is named, exit 130", async () => {
    await using story = await importedLampShop();
    const before = await story.log();
    const editor = 'sh -c \'echo half > "$1"\' stet "$1"; kill -INT $PPID; sleep 0.3; true';
    const told = await story.stetWith({ variables: { EDITOR: editor } }, "edit", "skill/copy");
    expect(told.exit).toBe(130);
    expect(told.stderr).toContain("E-INTERRUPTED");
    const copy = /copy is at (\S+)\.$/m.exec(told.stderr)?.[1] ?? "";
    expect(await readFile(copy, "utf8")).toBe("half\n");
    await rm(dirname(copy), { recursive: true });
    expect(await story.log()).toBe(before);
  });

  test("without an editor it says which setting is missing", async () => {
    await using story = await importedLampShop();
    expect(story.show(await story.stet("edit", "skill/copy"))).toMatchInlineSnapshot(`
      "$ stet edit skill/copy
      --- on standard error
      ✗ There is no editor to open.  E-USAGE
        where  skills/copy/SKILL.md
        why    Neither $VISUAL nor $EDITOR is set.
        kept   Nothing was changed.
        fix    export EDITOR=nano  choose an editor for this shell
      --- exit 2"
    `);
  });
});

/** Every text that history or a conflict holds of an artifact. */
async function everyText(story: Story, artifact: string): Promise<readonly string[]> {
  const log = (await story.build("log", artifact, "--json")).stdout;
  const conflicts = (await story.stet("conflicts", "--all", "--json")).stdout;
  const blobs = new Set([...`${log}${conflicts}`.matchAll(/sha256:[0-9a-f]{64}/g)].map(([blob]) => blob));
  return await Promise.all(
    [...blobs].map(async (blob) => (await story.stet("cat", `${artifact}@${blob}`)).stdout),
  );
}
