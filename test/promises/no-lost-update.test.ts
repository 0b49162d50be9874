import { symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cat } from "../../src/app/cat.ts";
import { listConflicts } from "../../src/app/conflicts.ts";
import { openForEdit, saveEdited } from "../../src/app/edit.ts";
import type { CallerClaims } from "../../src/app/environment.ts";
import { initialise } from "../../src/app/init.ts";
import { log } from "../../src/app/log.ts";
import { removeArtifact } from "../../src/app/remove.ts";
import { blobId } from "../../src/snapshot/hash.ts";
import { makeWorld, type World } from "../app/fixture.ts";

const artifact = "agent/reviewer";
const file = ".agents/agents/reviewer.md";
const texts = ["", "one\n", "two\n", "three\n"].map((one) => `---\nname: a\ndescription: b\n---\n${one}`);
const [first = "", second = "", third = ""] = texts;

async function withProject(work: (world: World) => Promise<void>): Promise<void> {
  const world = makeWorld();
  try {
    world.write(file, first);
    await initialise(world.environment, { yes: true, root: ".agents" });
    await work(world);
  } finally {
    world.dispose();
  }
}

async function present(world: World): Promise<string> {
  return (await openForEdit(world.environment, { artifact })).data.version;
}

/** What history holds under the hash of a text. */
async function kept(world: World, text: string): Promise<string> {
  const id = blobId(new TextEncoder().encode(text));
  const { data } = await cat(world.environment, { what: `${artifact}@${id}` });
  return new TextDecoder().decode(data.bytes);
}

test("two editors on one base: one goes through, the other is merged or kept beside it (P4; BUGS S2, S4)", async () => {
  const text = fc.constantFrom(...texts);
  const claims = fc.constantFrom<CallerClaims>({}, { agent: "claude-code" }, { actor: "ben" });
  const editors = fc.array(fc.record({ text, claims }), { minLength: 2, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(editors, async (edits) => {
      await withProject(async (world) => {
        const base = await present(world);
        let inPlace = first;
        for (const { text, claims } of edits) {
          const theirs = inPlace;
          const { data, needsDecision } = await saveEdited(world.environment, {
            artifact,
            base,
            text,
            claims,
          });
          const isOverlap = theirs !== first && text !== first && text !== theirs;
          if (theirs === first) inPlace = text;
          expect(world.read(file)).toBe(inPlace);
          expect([needsDecision, data.conflicts.length]).toEqual([isOverlap, isOverlap ? 1 : 0]);
          expect(await kept(world, text)).toBe(text);
        }
        const { data } = await listConflicts(world.environment);
        for (const { yours, theirs } of data.conflicts) {
          for (const { blob } of [yours, theirs]) {
            expect(texts.map((one) => blobId(new TextEncoder().encode(one)))).toContain(blob);
          }
        }
      });
    }),
    { numRuns: 30 },
  );
});

test("an edit of what was removed meanwhile is kept, and the removal stands until somebody decides (P4)", async () => {
  await withProject(async (world) => {
    const base = await present(world);
    await removeArtifact(world.environment, { artifact, yes: true, claims: { actor: "ben" } });
    const { data } = await saveEdited(world.environment, { artifact, base, text: second });
    expect(data.conflicts).toHaveLength(1);
    const { data: open } = await listConflicts(world.environment);
    expect(open.conflicts[0]).toMatchObject({
      rule: "X2",
      yours: { blob: blobId(new TextEncoder().encode(second)), actor: { name: "ana" } },
      theirs: { blob: null, actor: { name: "ben" } },
    });
    expect(await kept(world, second)).toBe(second);
  });
});

test("a text whose file cannot be written is kept all the same (P1, P4)", async () => {
  await withProject(async (world) => {
    const base = await present(world);
    unlinkSync(join(world.project, file));
    symlinkSync("/etc/hostname", join(world.project, file));
    const { data, notices } = await saveEdited(world.environment, { artifact, base, text: second });
    expect(data.conflicts).toHaveLength(1);
    expect(notices.map((one) => one.code)).toContain("W-KEPT");
    expect(await kept(world, second)).toBe(second);
  });
});

test("a base that nobody knows replaces nothing; of an artifact that never was there is nothing to save", async () => {
  await withProject(async (world) => {
    const base = `sha256:${"0".repeat(64)}`;
    const { data } = await saveEdited(world.environment, { artifact, base, text: second });
    expect(data.conflicts).toHaveLength(1);
    expect(world.read(file)).toBe(first);
    const strange = saveEdited(world.environment, { artifact: "agent/never", base, text: second });
    await expect(strange).rejects.toMatchObject({ code: "E-NOT-FOUND" });
  });
});

test("a save that goes through is reported as one operation, and the log has it once (BUGS S4, S9)", async () => {
  await withProject(async (world) => {
    let base = await present(world);
    const operations = new Set<string | null>();
    for (const text of [second, third, second]) {
      const { data } = await saveEdited(world.environment, { artifact, base, text });
      base = data.changed[0]?.after ?? "";
      operations.add(data.operation);
    }
    const { data } = await log(world.environment, { limit: 10 });
    expect(data.operations.map((one) => one.id).slice(0, 3)).toEqual([...operations].reverse());
    const times = data.operations.map((one) => one.at);
    expect(new Set(times).size).toBe(times.length);
  });
});
