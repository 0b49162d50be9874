import { describe, expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import { dataOf, type Story } from "./story.ts";

const guide = [
  "---",
  "name: copy",
  "description: Write the text of a page.",
  "---",
  "",
  "# Copy",
  "",
  "Be short. Use small words.",
  "",
  "## Never",
  "",
  "Never say perfect.",
  "",
].join("\n");

const mine = guide.replace("Be short.", "Be brief.").replace("say perfect", "say ideal");
const theirs = guide
  .replace("Be short.", "Be very short.")
  .replace("say perfect", "promise anything")
  .concat("\n## Always\n\nRead it aloud.\n");

/** Two branches that changed the same two sentences, and one of them a section beside; merged as far as it goes. */
async function twoSpots(): Promise<Story> {
  const story = await importedLampShop({ ".claude/skills/copy/SKILL.md": guide });
  await story.build("switch", "--create", "trial");
  await story.write(canonical.skill, mine);
  await story.build("switch", "main");
  await story.write(canonical.skill, theirs);
  expect((await story.stet("merge", "trial")).exit).toBe(4);
  return story;
}

async function openId(story: Story): Promise<string> {
  const { conflicts } = dataOf(await story.stet("conflicts", "--json"));
  if (!Array.isArray(conflicts) || conflicts.length !== 1) throw new Error("not one conflict");
  return conflicts[0].id;
}

describe("a conflict with spots", () => {
  test("is shown spot by spot, and nothing of it is on disk", async () => {
    await using story = await twoSpots();
    const id = await openId(story);
    expect(story.show(await story.stet("conflicts", id))).toMatchInlineSnapshot(`
      "$ stet conflicts cf_1
      ⇅  skill/copy  cf_1  <time>
        yours             unknown ca652fdc
        theirs, in place  unknown 9f1b09e1

        Spot 1 of 2: Copy  X1
          before  Be short. Use small words.
          yours   Be brief. Use small words.
          theirs  Be very short. Use small words.

        Spot 2 of 2: Copy > Never  X1
          before  Never say perfect.
          yours   Never say ideal.
          theirs  Never promise anything.
      --- on standard error
      Next: stet resolve cf_1 --yours  ·  stet resolve cf_1 --theirs  ·  stet resolve cf_1 --unit 1=yours
      --- exit 0"
    `);
    expect(await story.read(canonical.skill)).toBe(theirs);
    const { merged } = dataOf(await story.stet("conflicts", id, "--json"));
    expect(merged).toBe(theirs);
  });

  test("a side is taken where the two meet, and all else comes from both", async () => {
    await using story = await twoSpots();
    await story.build("resolve", await openId(story), "--yours");
    expect(await story.read(canonical.skill)).toBe(mine.concat("\n## Always\n\nRead it aloud.\n"));
    expect((await story.stet("undo")).exit).toBe(4);
    expect(await story.read(canonical.skill)).toBe(theirs);
    await story.build("resolve", await openId(story), "--yours", "--whole");
    expect(await story.read(canonical.skill)).toBe(mine);
  });

  test("is settled one spot after the other, while the file stays as it is", async () => {
    await using story = await twoSpots();
    const told = await story.stet("resolve", await openId(story), "--unit", "1=yours");
    expect(told.exit).toBe(4);
    expect(told.stderr).toContain("1 of 2 spots are chosen");
    expect(await story.read(canonical.skill)).toBe(theirs);
    const id = await openId(story);
    expect((await story.stet("conflicts", id)).stdout).toMatch(/Spot 1 of 2.*chosen: yours/);
    await story.build("resolve", id, "--unit", "2=theirs");
    expect(await story.read(canonical.skill)).toBe(theirs.replace("Be very short.", "Be brief."));
    expect((await story.stet("resolve", id, "--unit", "2=theirs")).exit).toBe(1);
  });

  test("keeps the choices that are still valid when a side moves on (BUGS S3)", async () => {
    await using story = await twoSpots();
    await story.stet("resolve", await openId(story), "--unit", "1=yours", "--unit", "9=yours");
    await story.stet("resolve", await openId(story), "--unit", "1=yours");
    await story.write(canonical.skill, theirs.replace("promise anything", "promise a thing"));
    const shown = (await story.stet("conflicts", await openId(story))).stdout;
    expect(shown).toContain("Theirs has moved on");
    expect(shown).toMatch(/Spot 1 of 2.*chosen: yours/);
    expect(shown).toContain("promise a thing");
    await story.build("resolve", await openId(story), "--unit", "2=theirs");
    const text = await story.read(canonical.skill);
    expect(text).toContain("Be brief.");
    expect(text).toContain("promise a thing");
  });

  test("nothing is left to ask once somebody wrote both sides into the file", async () => {
    await using story = await twoSpots();
    await story.write(canonical.skill, mine.concat("\n## Always\n\nRead it aloud.\n"));
    const id = await openId(story);
    expect((await story.stet("conflicts", id)).stdout).toContain("Nothing overlaps any more.");
    await story.build("resolve", id);
    expect(dataOf(await story.stet("conflicts", "--json"))).toEqual({ conflicts: [] });
  });

  test("a file settles it, but not one with a secret", async () => {
    await using story = await twoSpots();
    const id = await openId(story);
    await story.write("own.md", mine.replace("ideal", "best"));
    await story.write("leak.md", `${mine}\nkey: ${"ghp_"}${"16C7e42F292c6912E7710c838347Ae178B4a"}\n`);
    expect((await story.stet("resolve", id, "--from-file", "leak.md")).exit).toBe(6);
    await story.build("resolve", id, "--from-file", "own.md");
    expect(await story.read(canonical.skill)).toContain("Never say best.");
  });

  test("a tool gets the sides and settles it with what it leaves; without one nothing is opened", async () => {
    await using story = await twoSpots();
    const id = await openId(story);
    expect((await story.stet("resolve", id, "--tool")).stderr).toContain("merge.tool is not set");
    await story.build("config", "set", "merge.tool", "false");
    expect((await story.stet("resolve", id, "--tool")).exit).toBe(1);
    await story.build("config", "set", "merge.tool", 'cat "$BASE" "$YOURS" "$THEIRS" > "$MERGED"');
    await story.build("resolve", id, "--tool");
    expect(await story.read(canonical.skill)).toBe(guide + mine + theirs);
  });

  test("a strategy answers before anything is asked, on record", async () => {
    await using story = await importedLampShop({ ".claude/skills/copy/SKILL.md": guide });
    await story.build("switch", "--create", "trial");
    await story.write(canonical.skill, mine);
    await story.build("switch", "main");
    await story.write(canonical.skill, theirs);
    await story.build("merge", "trial", "--strategy", "yours");
    expect(await story.read(canonical.skill)).toContain("Be brief.");
    const { operations } = dataOf(await story.stet("log", "-n", "1", "--json"));
    expect(JSON.stringify(operations)).toContain("took yours");
    await story.build("undo");
    await story.build("config", "set", "merge.policy", "last-write");
    await story.build("merge", "trial");
    expect(await story.read(canonical.skill)).toBe(theirs);
  });
});
