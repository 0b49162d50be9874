import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mayMountDisk, mountDisk } from "./mounted-disk.ts";
import { dataOf, Story } from "./story.ts";

const mayMount = mayMountDisk("a target on another file system");

test("a target on another file system than its root is refused before anything is written, and said so", {
  skip: !mayMount,
}, async () => {
  await using story = await Story.begin({});
  const skill = join(story.home, ".agents/skills/lamp/SKILL.md");
  await mkdir(join(skill, ".."), { recursive: true });
  await writeFile(skill, "---\nname: lamp\ndescription: Lamps.\n---\n\n# Lamp\n");
  using _disk = mountDisk(join(story.home, ".claude"), 4);
  await mkdir(join(story.home, ".claude/agents"));
  await story.build("init", "--user", "--yes");
  const told = await story.stet("sync", "--user", "--json");
  expect(told.exit).toBe(1);
  const { error } = JSON.parse(told.stdout);
  expect(error).toMatchObject({
    code: "E-IO",
    where: ".claude/skills/lamp/SKILL.md",
    why: expect.stringContaining("another file system"),
    kept: "Nothing was changed.",
  });
  expect(existsSync(join(story.home, ".claude/skills"))).toBe(false);
  expect(dataOf(await story.build("status", "--user", "--json"))).toMatchObject({ pending: [] });
  expect(dataOf(await story.build("verify", "--user", "--json"))).toMatchObject({ problems: [] });
});
