import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unknownActor } from "../../domain/actors.ts";
import { randomId } from "../../domain/ids.ts";
import type { Operation, PathChange } from "../../domain/operations.ts";
import { hashDraft, hashOperationWords, linkOf } from "../../store/operation-chain.ts";
import type { OpenFreshStore } from "./store-subject.ts";
import { entryOf, type TestCommit, TestHistory } from "./test-history.ts";
import { type TestWorld, testTime, withSubject } from "./with-subject.ts";

/** The log: order, time, chains, queries, conflicts and pins. */
export function describeOperations(open: OpenFreshStore): void {
  describe("operations", () => {
    for (const [name, now] of [
      ["frozen", () => testTime],
      ["backward", backwardClock()],
    ] as const) {
      test(`time increases strictly along the log with a ${name} clock (BUGS S4)`, async () => {
        await withSubject(
          open,
          async (world) => {
            await saveMany(world, 20);
            const operations = await world.store.history.operations({ limit: 100 });
            const ascending = operations.toReversed();
            expect(ascending.map(({ sequence }) => sequence)).toEqual(ascending.map((_, index) => index + 1));
            for (const [index, { at }] of ascending.entries()) {
              if (index > 0) expect(at).toBeGreaterThan(ascending[index - 1]?.at ?? 0);
            }
          },
          { now },
        );
      });
    }

    test("a clock that jumped a century ahead and back leaves the order certain and the time marked", async () => {
      const century = 100 * 365 * 86_400 * 1_000_000;
      const times = [testTime + century, testTime, testTime + 1];
      await withSubject(
        open,
        async (world) => {
          await saveMany(world, 3);
          const [third, second, first] = await world.store.history.operations({ limit: 3 });
          expect(first).toMatchObject({ at: testTime + century, atUncertain: false });
          expect(second).toMatchObject({ at: testTime + century + 1, atUncertain: true });
          expect(third).toMatchObject({ at: testTime + century + 2, atUncertain: true });
        },
        { now: () => times.shift() ?? testTime },
      );
    });

    test("each link covers the operation and the link before it in every collection", async () => {
      await withSubject(open, async (world) => {
        const { store, history, write } = world;
        const other = randomId("collection", history.random(20));
        await saveMany(world, 3);
        const both = history.batch({ operation: { collections: [other, history.collection] } });
        await write(both);
        await write(history.batch({ operation: { collections: [other] } }));
        const newest = await store.history.operations({ limit: 10 });
        const [last, joint, third] = newest;
        expect(joint?.parents).toEqual([null, third?.chain]);
        expect(last?.parents).toEqual([joint?.chain]);
        expect(await store.history.chainHead(other)).toBe(last?.chain);
        expect(await store.history.chainHead(history.collection)).toBe(joint?.chain);
        expect(await store.history.chainHead(randomId("collection", history.random(20)))).toBeNull();
      });
    });

    test("a link changes with every field that it covers", () => {
      const history = new TestHistory(7);
      const before = history.commit({ "a.md": "1" }, []);
      const after = history.commit({ "a.md": "2" }, [before.id]);
      const batch = history.save(before, after, { message: "m", reason: "r", details: { key: "value" } });
      const salt = history.random(16);
      const recorded = { at: 5, atUncertain: false, parents: [null] };
      const link = (draft: typeof batch.operation, more = recorded): string =>
        linkOf(hashDraft(draft, hashOperationWords(draft, salt)), more);
      const draft = batch.operation;
      const change = draft.changes[0] ?? raise("a change");
      const altered = (over: Partial<PathChange>): typeof draft => ({
        ...draft,
        changes: [{ ...change, ...over }],
      });
      const variants = [
        link({ ...draft, id: history.operationId() }),
        link({ ...draft, collections: [randomId("collection", history.random(20))] }),
        link({ ...draft, actor: unknownActor }),
        link({ ...draft, actor: { ...draft.actor, modelId: "m" } }),
        link({ ...draft, actor: { ...draft.actor, standing: "verified" } }),
        link({ ...draft, kind: "force" }),
        link({ ...draft, message: null }),
        link({ ...draft, reason: "m", message: "r" }),
        link({ ...draft, details: { key: "other" } }),
        link({ ...draft, refs: [] }),
        link({ ...draft, undoes: history.operationId() }),
        link({ ...draft, group: "g" }),
        link({ ...draft, changes: [] }),
        link(altered({ path: "b.md" })),
        link(altered({ target: "claude:project" })),
        link(altered({ artifact: "skill/a" })),
        link(altered({ before: null })),
        link(altered({ after: entryOf("3") })),
        link(draft, { ...recorded, at: 6 }),
        link(draft, { ...recorded, atUncertain: true }),
        link(draft, { ...recorded, parents: [] }),
        link(draft),
      ];
      expect(new Set(variants).size).toBe(variants.length);
    });

    test("queries find what they ask for, newest first, page by page", async () => {
      await withSubject(open, async (world) => {
        await world.write(world.history.batch({ operation: { kind: "init" } }));
        await saveMany(world, 12);
        const { history } = world.store;
        const { collection } = world.history;
        const all = await history.operations({ limit: 100 });
        expect(all).toHaveLength(13);
        const sequences = (found: readonly Operation[]): readonly number[] =>
          found.map((one) => one.sequence);
        expect(sequences(await history.operations({ collection, limit: 5 }))).toEqual([13, 12, 11, 10, 9]);
        expect(sequences(await history.operations({ beforeSequence: 9, limit: 3 }))).toEqual([8, 7, 6]);
        expect(sequences(await history.operations({ kinds: ["init"], limit: 3 }))).toEqual([1]);
        expect(sequences(await history.operations({ actorName: "ana", limit: 2 }))).toEqual([13, 12]);
        expect(await history.operations({ actorName: "nobody", limit: 2 })).toEqual([]);
        // saveMany touches skills s0, s1, s2 in turn.
        const artifact = sequences(await history.operations({ collection, artifact: "skill/s1", limit: 9 }));
        expect(artifact).toEqual([12, 9, 6, 3]);
        expect(sequences(await history.operations({ path: "skills/s2/SKILL.md", limit: 2 }))).toEqual([
          13, 10,
        ]);
        expect(await history.operations({ collection, artifact: "skill/none", limit: 9 })).toEqual([]);
        const [from, to] = [all[8], all[3]];
        const within = { since: from?.at ?? 0, until: to?.at ?? 0, limit: 99 };
        expect(sequences(await history.operations(within))).toEqual([10, 9, 8, 7, 6, 5]);
        const stranger = randomId("collection", world.history.random(20));
        expect(await history.operations({ collection: stranger, limit: 9 })).toEqual([]);
      });
    });

    test("time bounds agree with a filter over the whole log", async () => {
      await withSubject(open, async (world) => {
        await saveMany(world, 9);
        const all = await world.store.history.operations({ limit: 100 });
        const times = all.map(({ at }) => at);
        const near = fc.constantFrom(...times).chain((at) => fc.integer({ min: at - 1500, max: at + 1500 }));
        await fc.assert(
          fc.asyncProperty(near, near, async (since, until) => {
            const found = await world.store.history.operations({ since, until, limit: 100 });
            expect(found).toEqual(all.filter(({ at }) => at >= since && at <= until));
          }),
          { numRuns: 100 },
        );
      });
    });

    test("a conflict is opened with both sides, listed, and settled once", async () => {
      await withSubject(open, async ({ store, history, write }) => {
        const first = history.commit({ "a.md": "mine", "b.md": "theirs" }, []);
        const conflict = history.conflict("a.md", { yours: entryOf("mine"), theirs: entryOf("theirs") });
        const opening = history.save(null, first);
        const opened = await write({ ...opening, openConflicts: [conflict] });
        if (opened.status !== "done") throw new Error(opened.status);
        const stored = { ...conflict, openedBy: opening.operation.id, openedAt: opened.operation.at };
        expect(await store.history.conflicts({ open: true })).toEqual([stored]);
        expect(await write(history.batch({ openConflicts: [conflict] }))).toMatchObject({
          status: "refused",
        });
        const settling = history.batch({ settleConflicts: [conflict.id], operation: { kind: "resolve" } });
        expect(await write(settling)).toMatchObject({ status: "done" });
        expect(await store.history.conflicts({ open: true })).toEqual([]);
        expect(await store.history.conflicts({ id: conflict.id })).toEqual([
          { ...stored, settledBy: settling.operation.id },
        ]);
        expect(await write(history.batch({ settleConflicts: [conflict.id] }))).toMatchObject({
          status: "refused",
        });
      });
    });

    test("a pin names a commit until it is lifted", async () => {
      await withSubject(open, async ({ store, history, write }) => {
        const first = history.commit({ "a.md": "1" }, []);
        await write(history.save(null, first));
        const pin = {
          name: "release 1",
          collection: history.collection,
          commit: first.id,
          operation: history.operationId(),
          note: null,
        };
        const setting = history.batch({ pins: [pin], operation: { kind: "pin" } });
        expect(await write(setting)).toMatchObject({ status: "done" });
        expect(await store.history.pins(history.collection)).toEqual([
          { ...pin, operation: setting.operation.id },
        ]);
        expect(await write(history.batch({ pins: [pin] }))).toMatchObject({ status: "refused" });
        expect(await write(history.batch({ unpins: ["release 1"] }))).toMatchObject({ status: "done" });
        expect(await store.history.pins(history.collection)).toEqual([]);
        expect(await write(history.batch({ unpins: ["release 1"] }))).toMatchObject({ status: "refused" });
      });
    });
  });
}

function raise(what: string): never {
  throw new Error(`no ${what}`);
}

function backwardClock(): () => number {
  let at = testTime;
  return () => {
    at -= 60_000_000;
    return at;
  };
}

/** Saves `count` versions, each changing one of three skills in turn. */
export async function saveMany(world: TestWorld, count: number): Promise<readonly TestCommit[]> {
  const commits: TestCommit[] = [];
  const files: Record<string, string> = {};
  for (let index = 0; index < count; index++) {
    files[`skills/s${index % 3}/SKILL.md`] = `version ${index}\n`;
    const before = commits.at(-1) ?? null;
    const after = world.history.commit(files, before === null ? [] : [before.id]);
    const outcome = await world.write(world.history.save(before, after));
    expect(outcome.status).toBe("done");
    commits.push(after);
  }
  return commits;
}
