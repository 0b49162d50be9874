import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dataOf, type Files, Story } from "./story.ts";

const fileCount = 120;
const skill = (index: number) => `.agents/skills/lamp-${index}/SKILL.md`;

function skills(word: string): Files {
  return Object.fromEntries(
    Array.from({ length: fileCount }, (_, index) => [skill(index), `# Lamp ${index}\n\n${word}\n`]),
  );
}

/** A collection with two versions of every skill; the second is on disk. */
async function twoVersions(): Promise<Story> {
  const story = await Story.begin(skills("first"));
  await story.build("init", "--yes");
  await story.build("pin", "first");
  for (const [path, text] of Object.entries(skills("second"))) await story.write(path, text);
  await story.build("save");
  return story;
}

async function wordsOnDisk(story: Story): Promise<ReadonlySet<string>> {
  const words = new Set<string>();
  for (let index = 0; index < fileCount; index++) {
    words.add((await story.read(skill(index))).split("\n")[2] ?? "");
  }
  return words;
}

async function staged(story: Story): Promise<readonly string[]> {
  const names = await readdir(join(story.project, ".agents/stet/.work/staging")).catch(() => []);
  return names.filter((name) => !name.endsWith(".aside"));
}

/** The state after an interrupted restore: all of it or nothing, and nothing that waits. */
async function requireWhole(story: Story): Promise<ReadonlySet<string>> {
  const words = await wordsOnDisk(story);
  expect(words.size).toBe(1);
  expect(dataOf(await story.build("status", "--json"))).toMatchObject({ pending: [] });
  expect(dataOf(await story.build("verify", "--json"))).toMatchObject({ problems: [] });
  return words;
}

test("Ctrl-C while files are staged gives the command up: nothing changed, nothing left behind, exit 130", async () => {
  await using story = await twoVersions();
  const told = await story.stetWith(
    {
      meanwhile: async (child) => {
        while (child.exitCode === null && (await staged(story)).length === 0) await new Promise(setImmediate);
        child.kill("SIGINT");
      },
    },
    "restore",
    "--at",
    "first",
    "--yes",
  );
  expect(told.exit).toBe(130);
  expect(told.stderr).toContain("E-INTERRUPTED");
  expect(await staged(story)).toEqual([]);
  expect(await requireWhole(story)).toEqual(new Set(["second"]));
  await story.build("restore", "--at", "first", "--yes");
  expect(await wordsOnDisk(story)).toEqual(new Set(["first"]));
});

test("Ctrl-C once it is recorded comes too late: the command finishes, names the operation and exits 130", async () => {
  await using story = await twoVersions();
  const told = await story.stetWith(
    {
      meanwhile: async (child) => {
        // The first file in place: the operation is in the store.
        while (child.exitCode === null && !(await wordsOnDisk(story).catch(() => new Set())).has("first")) {
          await new Promise(setImmediate);
        }
        child.kill("SIGINT");
      },
    },
    "restore",
    "--at",
    "first",
    "--yes",
  );
  const { operations } = dataOf(await story.build("log", "--json", "-n", "1"));
  if (!Array.isArray(operations)) throw new Error("no operations");
  expect(operations).toMatchObject([{ kind: "restore" }]);
  expect(await requireWhole(story)).toEqual(new Set(["first"]));
  // The last file may have been put before the signal arrived, and what it had to say been said: a process that is about
  // to end listens no more, and the signal ends it.
  const isOver = told.exit === 0 || (told.exit < 0 && told.stdout.includes("Restored"));
  if (isOver) return;
  expect(told.exit).toBe(130);
  expect(told.stderr).toContain(operations[0].id);
});
