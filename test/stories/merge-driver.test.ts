import { execFileSync } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Story } from "./story.ts";

const program = fileURLToPath(new URL("../../bin/stet.mjs", import.meta.url));
const skill = "skills/copy/SKILL.md";
const text = "---\nname: copy\ntools: [Read]\n---\n\n# Copy\n\nBe short.\nBe kind.\n";

/** A git repository in which `git merge` calls the driver for everything under `.agents`. */
async function repository(): Promise<{
  readonly story: Story;
  readonly git: (...words: string[]) => string;
}> {
  const story = await Story.begin({ [`.agents/${skill}`]: text });
  const git = (...words: string[]) =>
    execFileSync("git", ["-c", "user.name=ana", "-c", "user.email=ana@example.org", ...words], {
      cwd: story.project,
      env: { ...process.env, ...story.variables(), GIT_CONFIG_NOSYSTEM: "1" },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  const command = join(story.folder, "stet");
  await writeFile(command, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  await chmod(command, 0o755);
  git("init", "-q", "-b", "main");
  git("config", "merge.stet.driver", `${command} merge-driver %O %A %B %P --marker-size %L`);
  await story.write(".gitattributes", ".agents/** merge=stet\n");
  git("add", ".");
  git("commit", "-qm", "base");
  return { story, git };
}

async function bothEdit(
  { story, git }: Awaited<ReturnType<typeof repository>>,
  yours: string,
  theirs: string,
): Promise<boolean> {
  git("checkout", "-qb", "side");
  await story.write(`.agents/${skill}`, theirs);
  git("commit", "-qam", "side");
  git("checkout", "-q", "main");
  await story.write(`.agents/${skill}`, yours);
  git("commit", "-qam", "main");
  try {
    git("merge", "-q", "side");
    return true;
  } catch {
    return false;
  }
}

test("git merges through the driver what it would stop at: neighbouring lines, lists of tools", async () => {
  const repo = await repository();
  await using story = repo.story;
  const yours = text.replace("[Read]", "[Read, Write]").replace("Be short.", "Be brief.");
  const theirs = text.replace("[Read]", "[Read, Grep]").replace("Be kind.", "Be friendly.");
  expect(await bothEdit(repo, yours, theirs)).toBe(true);
  const merged = await story.read(`.agents/${skill}`);
  expect(merged).toContain("Be brief.\nBe friendly.\n");
  expect(merged).toMatch(/tools: \[Read, (Write, Grep|Grep, Write)\]/);
});

test("where both meet git has its markers, at that spot alone, and goes on as ever", async () => {
  const repo = await repository();
  await using story = repo.story;
  const yours = text.replace("Be short.", "Be brief.").replace("[Read]", "[Read, Write]");
  expect(await bothEdit(repo, yours, text.replace("Be short.", "Be very short."))).toBe(false);
  const merged = await story.read(`.agents/${skill}`);
  expect(merged).toContain("<<<<<<< yours\nBe brief.\n=======\nBe very short.\n>>>>>>> theirs\n");
  expect(merged).toContain("[Read, Write]");
  expect(repo.git("status", "--porcelain")).toContain(`UU .agents/${skill}`);
});

test("merge-file has git's exit codes: 0, the number of spots, 255", async () => {
  await using story = await Story.begin({
    "base.md": text,
    "yours.md": text.replace("Be short.", "Be brief."),
    "theirs.md": text.replace("Be kind.", "Be friendly."),
    "other.md": text.replace("Be short.", "Be very short."),
  });
  const clean = await story.stet("merge-file", "base.md", "yours.md", "theirs.md", "-p");
  expect([clean.exit, clean.stdout]).toEqual([
    0,
    text.replace("Be short.", "Be brief.").replace("Be kind.", "Be friendly."),
  ]);
  expect(await story.read("yours.md")).not.toContain("friendly");
  const told = await story.stet("merge-file", "base.md", "yours.md", "other.md");
  expect(told.exit).toBe(1);
  expect(await story.read("yours.md")).toContain(">>>>>>> other.md\n");
  expect((await story.stet("merge-file", "base.md", "yours.md", "nowhere.md")).exit).toBe(255);
  const asJson = await story.stet("merge-file", "base.md", "theirs.md", "other.md", "--json");
  expect(JSON.parse(asJson.stdout)).toMatchObject({ ok: true, data: { outcome: "merged", units: [] } });
});
