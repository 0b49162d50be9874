import { expect, test } from "vitest";
import { UpstreamRepository } from "../collections/upstream-repository.ts";
import { importedLampShop } from "./lamp-shop.ts";

const skill = (usage: string) =>
  `---\nname: pdf\ndescription: Reads PDF files.\n---\n\n# PDF\n\n## Usage\n\n${usage}\n\n## Output\n\nA file.\n`;

/** A repository with two releases, of which a project has the first, with an edit of its own. */
function released(): UpstreamRepository {
  const upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": skill("Run it.") });
  upstream.git("tag", "v1.0.0");
  return upstream;
}

test("add, outdated, diff, update, info and install: the life of an artifact of somebody else's", async () => {
  using upstream = released();
  await using story = await importedLampShop();
  const head = upstream.git("rev-parse", "HEAD").slice(0, 8);
  const shown = (text: string) => text.replaceAll(upstream.url, "<upstream>").replaceAll(head, "<commit>");
  const tell = async (...words: readonly string[]) => shown(story.show(await story.stet(...words)));
  expect(await tell("add", upstream.url, "--list")).toMatchInlineSnapshot(`
    "$ stet add <upstream> --list
    skill/pdf  <commit>  skills/pdf
    --- on standard error
    Next: stet add <source> --all
    --- exit 0"
  `);
  expect(await tell("add", `${upstream.url}//skills/pdf#^1`)).toMatchInlineSnapshot(`
    "$ stet add <upstream>//skills/pdf#^1
    ✓ Added 4 files  op_1
    --- on standard error
    Next: stet list  ·  stet undo
    --- exit 0"
  `);
  await story.write(".agents/skills/pdf/SKILL.md", skill("Run it.").replace("A file.", "A file in out/."));
  upstream.commit({ "skills/pdf/SKILL.md": skill("Run it twice.") });
  upstream.git("tag", "v1.1.0");
  expect(await tell("outdated")).toMatchInlineSnapshot(`
    "$ stet outdated
    NAME       HAVE   NEW    THEIRS  YOURS   STATE
    skill/pdf  1.0.0  1.1.0  1 file  1 file  merges with your edits  1.0.0 -> 1.1.0
    --- on standard error
    Next: stet update  ·  stet diff --upstream
    --- exit 0"
  `);
  expect(await tell("diff", "skill/pdf", "--upstream")).toMatchInlineSnapshot(`
    "$ stet diff skill/pdf --upstream
    --- a/skill/pdf/SKILL.md
    +++ b/skill/pdf/SKILL.md
    @@ -7,7 +7,7 @@
     
     ## Usage
     
    -Run it.
    +Run it twice.
     
     ## Output
    --- on standard error
    Next: stet update
    --- exit 0"
  `);
  expect(await tell("diff", "skill/pdf", "--mine")).toMatchInlineSnapshot(`
    "$ stet diff skill/pdf --mine
    --- a/skill/pdf/SKILL.md
    +++ b/skill/pdf/SKILL.md
    @@ -11,4 +11,4 @@
     
     ## Output
     
    -A file.
    +A file in out/.
    --- exit 0"
  `);
  expect(await tell("update")).toMatchInlineSnapshot(`
    "$ stet update
    NAME       HAVE   NEW    THEIRS  YOURS   STATE
    skill/pdf  1.0.0  1.1.0  1 file  1 file  merges with your edits  1.0.0 -> 1.1.0
    ✓ Updated 3 files  op_2
      merged  R3  skills/pdf/SKILL.md: PDF > Usage
      merged  R3  skills/pdf/SKILL.md: PDF > Output
    --- on standard error
    Next: stet undo
    --- exit 0"
  `);
  expect((await story.stet("outdated", "--exit-code")).exit).toBe(0);
  const info = await tell("info", "skill/pdf");
  expect(info).toContain("upstream   1.1.0");
  expect(info).toContain("edited     SKILL.md");
  expect(await tell("install", "--frozen")).toMatchInlineSnapshot(`
    "$ stet install --frozen
    --- on standard error
    ✗ The lock is not what is asked for or what is here.  E-STALE
      where  skill/pdf was edited here
      why    --frozen takes exactly the lock, and nothing else.
      kept   Nothing was changed.
      fix    stet install      bring the lock up to date with the manifest
             stet diff --mine  see what was edited here
    --- exit 5"
  `);
  expect(await tell("pin", "skill/pdf")).toMatchInlineSnapshot(`
    "$ stet pin skill/pdf
    ✓ Holding skill/pdf  op_3
    --- on standard error
    Next: stet outdated  ·  stet undo
    --- exit 0"
  `);
  expect(await tell("unpin", "skill/pdf")).toMatchInlineSnapshot(`
    "$ stet unpin skill/pdf
    ✓ skill/pdf follows its upstream  op_4
    --- on standard error
    Next: stet outdated  ·  stet undo
    --- exit 0"
  `);
});

test("what hides is shown with its line, and audit ends with 4", async () => {
  using upstream = released();
  await using story = await importedLampShop();
  await story.build("add", `${upstream.url}//skills/pdf`);
  upstream.commit({ "skills/pdf/SKILL.md": skill("Run\u200b it.") });
  const told = await story.stet("update");
  expect(told.exit).toBe(4);
  expect(told.stdout).toContain("Run\\u{200B} it.");
  const audited = await story.stet("audit");
  expect(audited.exit).toBe(4);
  expect(audited.stdout).toContain("hidden-width");
});

test("without a terminal -i does not ask, and a source that is none is told", async () => {
  await using story = await importedLampShop();
  expect((await story.stet("update", "-i")).exit).toBe(2);
  expect((await story.stet("add", "ext::sh -c id")).exit).toBe(2);
  expect((await story.stet("add", "file:///nowhere/at/all//skills/x")).exit).toBe(8);
});
