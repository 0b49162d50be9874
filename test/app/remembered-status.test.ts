import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { initialise } from "../../src/app/init.ts";
import { save } from "../../src/app/save.ts";
import { status } from "../../src/app/status.ts";
import { sync } from "../../src/app/sync.ts";
import { makeWorld, type World } from "./fixture.ts";

const skill = (name: string) =>
  `---\nname: ${name}\ndescription: Use when it is about ${name}.\n---\n\nDo ${name}.\n`;
/** Longer than what counts as racy: a look before that is not remembered. */
const settled = 40;

let world: World;

beforeEach(async () => {
  world = makeWorld();
  for (const name of ["one", "two", "three"]) world.write(`.agents/skills/${name}/SKILL.md`, skill(name));
  world.write(".claude/settings.json", "{}");
  await initialise(world.environment, { yes: true, root: ".agents" });
  await sync(world.environment, { direction: "both", yes: true });
  // A look at files that were written just now has them read once more by the next one, and that is on record.
  await pause(settled);
  await status(world.environment);
  await pause(settled);
});
afterEach(() => world.dispose());

const answersFolder = () => join(world.environment.storeFolder, "answers");
const look = async () => await status(world.environment);

/** The answer of a look that knows nothing of those before it. */
async function freshLook() {
  rmSync(answersFolder(), { recursive: true, force: true });
  return await look();
}

function keptFile(): string {
  const [name = ""] = readdirSync(answersFolder());
  return join(answersFolder(), name);
}

/** The kept answer with another name, of the same length: where that comes back, nothing else was asked. */
function alterKeptName(): void {
  const kept = readFileSync(keptFile(), "latin1");
  writeFileSync(keptFile(), kept.replace('"name":"project"', '"name":"PROJECT"'), "latin1");
}

test("a second look at what has not changed gives the kept answer, and does not open the store", async () => {
  const first = await look();
  expect(first.data.rows).toEqual([]);
  expect(await look()).toEqual(first);
  alterKeptName();
  expect((await look()).data.collections[0]?.name).toBe("PROJECT");
});

test("an edit of the same size and time is seen (BUGS D7)", async () => {
  await look();
  const path = join(world.project, ".claude/skills/two/SKILL.md");
  const { atime, mtime } = statSync(path);
  writeFileSync(path, skill("two").replace("Do two", "Do TWO"));
  utimesSync(path, atime, mtime);
  expect((await look()).data.rows).toMatchObject([{ name: "two", state: "ahead" }]);
});

test("a file that appears, goes or is replaced is seen, at the root and at a target", async () => {
  await look();
  world.write(".claude/skills/one/notes.md", "new\n");
  expect((await look()).data.rows).toMatchObject([{ name: "one", state: "ahead" }]);
  world.remove(".claude/skills/one/notes.md");
  await pause(settled);
  expect((await look()).data.rows).toEqual([]);
  renameSync(join(world.project, ".claude/skills/one"), join(world.project, ".claude/skills/four"));
  expect((await look()).data.rows.map(({ name, state }) => [name, state])).toContainEqual(["one", "missing"]);
  renameSync(join(world.project, ".claude/skills/four"), join(world.project, ".claude/skills/one"));
  world.write(".agents/skills/five/SKILL.md", skill("five"));
  expect((await look()).data.collections[0]?.artifacts).toBe(4);
});

test("instructions that appear in another folder of the project are seen", async () => {
  world.write("docs/readme.txt", "text\n");
  await pause(settled);
  await look();
  await look();
  world.write("docs/AGENTS.md", "# Rules of docs\n");
  expect((await look()).data.collections[0]?.artifacts).toBe(4);
});

test("what another command records is seen, though no file of the project changed since the look", async () => {
  world.write(".agents/skills/one/SKILL.md", skill("one").replace("Do one", "Do more"));
  await save(world.environment, { message: "more" });
  expect((await look()).data.rows).toMatchObject([{ name: "one", state: "behind" }]);
  await pause(settled);
  expect((await look()).data.rows).toMatchObject([{ name: "one", state: "behind" }]);
  await sync(world.environment, { direction: "both", yes: true });
  expect((await look()).data.rows).toEqual([]);
});

test("a variable that was asked for is part of the question", async () => {
  await look();
  alterKeptName();
  expect((await look()).data.collections[0]?.name).toBe("PROJECT");
  const byAgent = world.with({ variables: { CLAUDECODE: "1" } });
  expect((await status(byAgent)).data.collections[0]?.name).toBe("project");
});

test("an answer that was damaged or torn is not taken, wherever it was cut", async () => {
  const right = await look();
  const whole = readFileSync(keptFile());
  for (let length = 0; length < whole.length; length += 97) {
    writeFileSync(keptFile(), whole.subarray(0, length));
    expect(await look()).toEqual(right);
    writeFileSync(
      keptFile(),
      Buffer.concat([whole.subarray(0, length), Buffer.alloc(whole.length - length)]),
    );
    expect(await look()).toEqual(right);
  }
});

test("whatever is done between two looks, a look gives what one without memory gives", async () => {
  const names = fc.constantFrom("one", "two", "three", "four");
  const roots = fc.constantFrom(".agents/skills", ".claude/skills");
  const step = fc.oneof(
    fc.record({
      kind: fc.constant("write"),
      root: roots,
      name: names,
      text: fc.constantFrom("Do it", "Do so"),
    }),
    fc.record({ kind: fc.constant("remove"), root: roots, name: names, text: fc.constant("") }),
    fc.record({ kind: fc.constantFrom("look", "wait"), root: roots, name: names, text: fc.constant("") }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
      for (const { kind, root, name, text } of steps) {
        if (kind === "write") world.write(`${root}/${name}/SKILL.md`, skill(name).replace("Do", text));
        else if (kind === "remove") world.remove(`${root}/${name}`);
        else if (kind === "wait") await pause(settled);
        else await look();
      }
      const remembered = await look();
      expect(remembered.data).toEqual((await freshLook()).data);
    }),
    { numRuns: 100 },
  );
}, 120_000);
