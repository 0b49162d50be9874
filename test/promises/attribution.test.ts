import { join } from "node:path";
import { expect, test } from "vitest";
import { listConflicts } from "../../src/app/conflicts.ts";
import { openForEdit, saveEdited } from "../../src/app/edit.ts";
import { initialise } from "../../src/app/init.ts";
import { log } from "../../src/app/log.ts";
import { save } from "../../src/app/save.ts";
import { status } from "../../src/app/status.ts";
import { sync } from "../../src/app/sync.ts";
import { undo } from "../../src/app/undo.ts";
import { blobId } from "../../src/snapshot/hash.ts";
import { openStore } from "../../src/store/sqlite/open-store.ts";
import { makeWorld, type World } from "../app/fixture.ts";

const file = ".agents/agents/reviewer.md";
const artifact = "agent/reviewer";
const agent = (text: string) => `---\nname: reviewer\ndescription: does it\n---\n\n${text}\n`;

async function withProject(work: (world: World) => Promise<void>): Promise<void> {
  const world = makeWorld();
  try {
    world.write(file, agent("first"));
    world.write(".claude/settings.json", "{}\n");
    await initialise(world.environment, { yes: true, root: ".agents" });
    await work(world);
  } finally {
    world.dispose();
  }
}

/** Asked of the store itself: a use case that reads would look at the disk first. */
async function newest({ environment }: World) {
  const { clock, random, storeFolder } = environment;
  const file = join(storeFolder, "store.db");
  const store = await openStore({ file, clock, random, transport: "inline" });
  try {
    return (await store.history.operations({ limit: 1 }))[0];
  } finally {
    await store.close();
  }
}

test("an edit that nobody claimed is unknown, never the person, whatever command finds it (P6)", async () => {
  await withProject(async (world) => {
    const finders = [
      () => status(world.environment),
      () => sync(world.environment, { direction: "pull", claims: { actor: "ben" } }),
      () => log(world.environment, { limit: 1 }),
      () => undo(world.environment).catch(() => undefined),
    ];
    for (const [number, find] of finders.entries()) {
      world.write(file, agent(`found by ${number}`));
      await find();
      const blob = blobId(new TextEncoder().encode(world.read(file)));
      expect(await newest(world)).toMatchObject({
        kind: "capture",
        changes: [{ path: "agents/reviewer.md", after: { blob } }],
        actor: { name: "unknown", kind: "unknown", agentId: null, session: null, standing: "claimed" },
      });
    }
  });
});

test("a claimed edit carries person or agent, model, session and reason to the log (P6; BUGS P3)", async () => {
  await withProject(async (world) => {
    const claims = { agent: "claude-code", model: "opus", session: "s-1", reason: "the tests failed" };
    world.write(file, agent("claimed"));
    await save(world.environment, { claims, message: "Say it better" });
    expect(await newest(world)).toMatchObject({
      kind: "save",
      reason: "the tests failed",
      message: "Say it better",
      actor: { kind: "agent", agentId: "claude-code", modelId: "opus", session: "s-1" },
    });
    world.write(file, agent("by hand"));
    await save(world.environment);
    expect((await newest(world))?.actor).toMatchObject({ name: "ana", kind: "person", agentId: null });
  });
});

test("who carries a target's edit into the root is the actor, and not its author (P6)", async () => {
  await withProject(async (world) => {
    await sync(world.environment, { direction: "push" });
    world.write(".claude/agents/reviewer.md", agent("edited there"));
    await sync(world.environment, { direction: "both", claims: { actor: "ben" } });
    expect((await newest(world))?.actor).toMatchObject({ name: "ben" });
    const { data } = await openForEdit(world.environment, { artifact });
    expect(data.text).toContain("edited there");
    // The next conflict on that text names its author, who is not known, and not who carried it.
    await saveEdited(world.environment, { artifact, base: `sha256:${"0".repeat(64)}`, text: agent("mine") });
    const { data: open } = await listConflicts(world.environment);
    expect(open.conflicts[0]).toMatchObject({
      yours: { actor: { name: "ana" } },
      theirs: { actor: { name: "unknown", kind: "unknown" } },
    });
  });
});

test("a conflict names the writer of each side (P6)", async () => {
  await withProject(async (world) => {
    const { data } = await openForEdit(world.environment, { artifact });
    const base = data.version;
    const claims = { agent: "claude-code", session: "s-1" };
    await saveEdited(world.environment, { artifact, base, text: agent("agent's"), claims });
    await saveEdited(world.environment, { artifact, base, text: agent("ana's") });
    const { data: open } = await listConflicts(world.environment);
    expect(open.conflicts[0]).toMatchObject({
      yours: { actor: { name: "ana", kind: "person" } },
      theirs: { actor: { kind: "agent", agentId: "claude-code", session: "s-1" } },
    });
  });
});
