import { describe, expect, test } from "vitest";
import { saveMany } from "./describe-operations.ts";
import type { OpenFreshStore, SubjectCapabilities } from "./store-subject.ts";
import { blobOf } from "./test-history.ts";
import { withSubject } from "./with-subject.ts";

/** Reading while others write, looking ids up, and checking the whole. */
export function describeReading(open: OpenFreshStore, capabilities: SubjectCapabilities): void {
  describe("reading", () => {
    test("ids are found by a prefix of eight letters or more, blobs first", async () => {
      await withSubject(open, async ({ store, history, write }) => {
        const commit = history.commit({ "a.md": "found" }, []);
        const batch = history.save(null, commit);
        await write(batch);
        const blob = blobOf("found").id;
        expect(await store.history.resolve(blob)).toEqual([{ kind: "blob", id: blob }]);
        expect(await store.history.resolve(blob.slice(7, 15))).toEqual([{ kind: "blob", id: blob }]);
        expect(await store.history.resolve(blob.slice(7, 16).toUpperCase())).toEqual([
          { kind: "blob", id: blob },
        ]);
        expect(await store.history.resolve(commit.id.slice(0, 20))).toEqual([
          { kind: "commit", id: commit.id },
        ]);
        expect(await store.history.resolve(commit.root.id)).toEqual([{ kind: "node", id: commit.root.id }]);
        const operation = { kind: "operation", id: batch.operation.id };
        expect(await store.history.resolve(batch.operation.id)).toEqual([operation]);
        expect(await store.history.resolve(batch.operation.id.slice(0, 11))).toEqual([operation]);
        expect(await store.history.resolve(batch.operation.id.slice(3, 12))).toContainEqual(operation);
        for (const nothing of [blob.slice(7, 14), "", "sha256:", "zzzzzzzz!", `${blob}00`, "op_iiiiiiii"]) {
          expect(await store.history.resolve(nothing), nothing).toEqual([]);
        }
      });
    });

    test("what is absent is said to be absent", async () => {
      await withSubject(open, async ({ store, history, write }) => {
        const commit = history.commit({ "a.md": "here" }, []);
        await write(history.save(null, commit));
        const here = blobOf("here");
        expect(await store.history.inspect([here.id, blobOf("not here").id])).toEqual([
          { state: "present", kind: "blob", size: 4 },
          { state: "absent" },
        ]);
        expect(await store.history.getMany([blobOf("not here").id, here.id])).toEqual([
          undefined,
          here.bytes,
        ]);
        expect(await store.history.getMany([])).toEqual([]);
        expect(await store.history.operation(history.operationId())).toBeUndefined();
        expect(await store.history.ref(`${history.collection}/heads/none`)).toBeUndefined();
      });
    });

    test("refs are listed by collection, and a ref that is removed is gone", async () => {
      await withSubject(open, async ({ store, history, write }) => {
        const commit = history.commit({ "a.md": "1" }, []);
        await write(history.save(null, commit));
        const name = `${history.collection}/heads/feature/x` as const;
        await write(history.batch({ operation: { refs: [{ name, before: null, after: commit.id }] } }));
        expect(await store.history.refs(history.collection)).toEqual([
          { name, commit: commit.id },
          { name: history.main, commit: commit.id },
        ]);
        await write(history.batch({ operation: { refs: [{ name, before: commit.id, after: null }] } }));
        expect(await store.history.refs()).toEqual([{ name: history.main, commit: commit.id }]);
      });
    });

    test("readers of a snapshot are undisturbed while writes run (P5)", async () => {
      await withSubject(open, async (world) => {
        const { history, store } = world;
        const first = history.commit({ "skills/s0/SKILL.md": "stays\n" }, []);
        await world.write(history.save(null, first, {}));
        const reader = await world.beside();
        const expected = await reader.history.getMany(first.objects.map(({ id }) => id));
        const writing = (async () => {
          let before = first;
          for (let index = 0; index < 30; index++) {
            const after = history.commit({ "skills/s0/SKILL.md": `version ${index}\n` }, [before.id]);
            await store.write([history.save(before, after)]);
            before = after;
          }
        })();
        let reads = 0;
        let seen = 0;
        const ended = writing.then(() => true);
        while (!(await Promise.race([ended, Promise.resolve(false)]))) {
          expect(await reader.history.getMany(first.objects.map(({ id }) => id))).toEqual(expected);
          const [newest] = await reader.history.operations({ limit: 1 });
          expect(newest?.sequence).toBeGreaterThanOrEqual(seen);
          seen = newest?.sequence ?? 0;
          reads++;
          await new Promise((resolve) => setImmediate(resolve));
        }
        await writing;
        expect(reads).toBeGreaterThan(0);
        await reader.close();
      });
    });

    test.skipIf(!capabilities.persistent)(
      "everything is there after it was closed and opened again",
      async () => {
        await withSubject(open, async (world) => {
          const commits = await saveMany(world, 5);
          const before = await world.store.history.operations({ limit: 100 });
          const again = await world.reopen();
          expect(await again.history.operations({ limit: 100 })).toEqual(before);
          expect(await again.history.ref(world.history.main)).toBe(commits.at(-1)?.id);
        });
      },
    );

    test("a store that only stet wrote is found whole, and counted", async () => {
      await withSubject(open, async (world) => {
        const commits = await saveMany(world, 5);
        const distinct = new Set(commits.flatMap(({ objects }) => objects.map(({ id }) => id)));
        expect(await world.store.history.verify()).toEqual({
          objects: distinct.size,
          commits: 5,
          operations: 5,
          problems: [],
        });
      });
    });
  });
}
