import fc from "fast-check";
import { expect, test } from "vitest";
import { type ActorName, artifacts, canonicalFiles, textOf, UndoWorld } from "./undo-world.ts";

type Command = (world: UndoWorld) => Promise<void>;

const who = fc.constantFrom<ActorName>("ana", "ana", "one", "two");
const file = fc.constantFrom(...canonicalFiles);
const number = fc.integer({ min: 0, max: 4 });
const pick = fc.nat({ max: 6 });

/** A command that shows itself in a counterexample as what it does. */
function command<Input>(
  name: string,
  input: fc.Arbitrary<Input>,
  run: (world: UndoWorld, input: Input) => Promise<unknown>,
): fc.Arbitrary<Command> {
  return input.map((given) => {
    const one: Command = async (world) => void (await run(world, given));
    return Object.assign(one, { [fc.toStringMethod]: () => `${name} ${JSON.stringify(given)}` });
  });
}

/** undo, undo, redo, redo comes back to where it began, whatever anybody else did before (BUGS S10). */
async function thereAndBack(world: UndoWorld, actor: ActorName): Promise<void> {
  await world.save(actor);
  const before = new Map(world.model.disk);
  const open = world.model.conflicts.map((one) => JSON.stringify(one)).sort();
  let undone = 0;
  while (undone < 2 && (await world.reverse(actor, "undo"))) undone++;
  for (let left = undone; left > 0; left--) expect(await world.reverse(actor, "redo")).toBe(true);
  expect(world.model.disk).toEqual(before);
  expect(world.model.conflicts.map((one) => JSON.stringify(one)).sort()).toEqual(open);
}

const commands = fc.oneof(
  { weight: 4, arbitrary: command("save an edit by", fc.tuple(who, file, number), saveAnEdit) },
  {
    weight: 3,
    arbitrary: command(
      "edit",
      fc.tuple(who, fc.constantFrom(...artifacts), number),
      (world, [actor, one, n]) => world.edit(actor, one, n, null),
    ),
  },
  {
    weight: 2,
    arbitrary: command(
      "edit from an old text",
      fc.tuple(who, fc.constantFrom(...artifacts), number),
      staleEdit,
    ),
  },
  {
    weight: 2,
    arbitrary: command("write", fc.tuple(file, fc.option(number)), async (world, [one, n]) =>
      world.editDisk(one, n === null ? null : textOf(n)),
    ),
  },
  {
    weight: 1,
    arbitrary: command("edit a target's file", fc.tuple(pick, number), async (world, [n, text]) => {
      const targets = [...world.model.disk.keys()].filter((one) => !one.startsWith(".agents/"));
      const chosen = targets[n % targets.length];
      if (chosen !== undefined) world.editDisk(chosen, textOf(text));
    }),
  },
  {
    weight: 1,
    arbitrary: command(
      "create or remove",
      fc.tuple(who, fc.constantFrom(...artifacts), number),
      (world, input) => world.createOrRemove(...input),
    ),
  },
  {
    weight: 3,
    arbitrary: command(
      "sync",
      fc.tuple(who, fc.constantFrom("both", "both", "push", "pull")),
      (world, input) => world.sync(...input),
    ),
  },
  {
    weight: 5,
    arbitrary: command(
      "reverse",
      fc.tuple(
        who,
        fc.constantFrom("undo", "undo", "redo"),
        fc.record({ any: fc.boolean(), partial: fc.boolean() }),
      ),
      (world, input) => world.reverse(...input),
    ),
  },
  {
    weight: 2,
    arbitrary: command(
      "reverse by name",
      fc.tuple(who, fc.constantFrom("undo", "revert"), fc.record({ pick, partial: fc.boolean() })),
      (world, input) => world.reverse(...input),
    ),
  },
  { weight: 2, arbitrary: command("there and back", who, thereAndBack) },
  {
    weight: 1,
    arbitrary: command("restore", fc.tuple(who, fc.option(pick)), (world, input) => world.restore(...input)),
  },
);

async function saveAnEdit(
  world: UndoWorld,
  [actor, path, n]: readonly [ActorName, string, number],
): Promise<void> {
  world.editDisk(path, textOf(n));
  await world.save(actor);
}

async function staleEdit(
  world: UndoWorld,
  [actor, artifact, n]: readonly [ActorName, (typeof artifacts)[number], number],
): Promise<void> {
  const old = world.model.log.flatMap(({ changes }) => changes).find(({ after }) => after !== null);
  await world.edit(actor, artifact, n, old?.after ?? null);
}

test("undo and redo do what a plain list of operations says, for any actors and any order (P2, P4; BUGS S10)", {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(commands, { minLength: 1, maxLength: 14 }), async (run) => {
      await using world = await UndoWorld.make();
      for (const one of run) await one(world);
      await world.checkStore();
    }),
    { numRuns: 100 },
  );
});

test("undoing a sync restores the targets' files and leaves the root's (BUGS S10)", async () => {
  await using world = await UndoWorld.make();
  await world.sync("ana", "push");
  world.editDisk(".agents/agents/reviewer.md", textOf(1));
  await world.save("ana");
  await world.sync("ana", "push");
  const root = new Map(world.model.history);
  const targets = world.model.log.at(-1)?.changes.map(({ file }) => file);
  expect(targets).toEqual([".claude/agents/reviewer.md", ".codex/agents/reviewer.toml"]);
  expect(await world.reverse("ana", "undo")).toBe(true);
  expect(world.model.log.at(-1)?.changes.map(({ file }) => file)).toEqual(targets);
  expect(world.model.history).toEqual(root);
});

test("targets edited since are named, and without partial nothing is taken back (BUGS S10)", async () => {
  await using world = await UndoWorld.make();
  await world.sync("ana", "push");
  world.editDisk(".claude/agents/reviewer.md", textOf(3));
  expect(await world.reverse("ana", "undo")).toBe(false);
  expect(await world.reverse("ana", "undo", { partial: true })).toBe(true);
  expect(world.model.disk.has(".claude/agents/reviewer.md")).toBe(true);
  expect(world.model.disk.has(".codex/agents/reviewer.toml")).toBe(false);
});

test("what others do between undo and redo, and what is captured, does not clear redo (BUGS S10)", async () => {
  await using world = await UndoWorld.make();
  await world.edit("ana", "agent/reviewer", 1, null);
  await world.edit("ana", "agent/reviewer", 2, null);
  const before = new Map(world.model.disk);
  expect(await world.reverse("ana", "undo")).toBe(true);
  world.editDisk(".agents/commands/ship.md", textOf(4));
  expect(await world.reverse("ana", "undo")).toBe(true);
  await world.edit("one", "skill/reading", 3, null);
  const since = [".agents/commands/ship.md", ".agents/skills/reading/SKILL.md"];
  for (const file of since) before.set(file, world.model.disk.get(file) ?? "");
  expect(await world.reverse("ana", "redo")).toBe(true);
  expect(await world.reverse("ana", "redo")).toBe(true);
  expect(await world.reverse("ana", "redo")).toBe(false);
  expect(world.model.disk).toEqual(before);
});

test("undo takes back its own change alone: later work of others on the file stays, both sides kept (BUGS S10)", async () => {
  await using world = await UndoWorld.make();
  await world.edit("ana", "agent/reviewer", 1, null);
  await world.edit("one", "agent/reviewer", 2, null);
  const before = new Map(world.model.disk);
  expect(await world.reverse("ana", "undo")).toBe(true);
  expect(world.model.disk).toEqual(before);
  expect(world.model.conflicts).toHaveLength(1);
});

test("an edit of a target whose artifact was removed here is a conflict with both sides kept (P4)", async () => {
  await using world = await UndoWorld.make();
  await world.sync("ana", "both");
  await world.createOrRemove("ana", "agent/reviewer", 0);
  world.editDisk(".claude/agents/reviewer.md", textOf(3));
  await world.sync("ana", "both");
  expect(world.model.conflicts).toHaveLength(1);
  await world.checkStore();
});
