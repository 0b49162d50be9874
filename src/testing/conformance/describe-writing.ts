import { describe, expect, test } from "vitest";
import { type BlobId, type NodeId, parseHashId } from "../../domain/ids.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import type { OpenFreshStore } from "./store-subject.ts";
import { blobOf, entryOf } from "./test-history.ts";
import { withSubject } from "./with-subject.ts";

/** Objects, references, refs by compare-and-swap, groups of batches. */
export function describeWriting(open: OpenFreshStore): void {
  describe("writing", () => {
    test("a save is read back byte for byte, with its operation", async () => {
      await withSubject(open, async ({ store, history, write }) => {
        const first = history.commit({ "skills/pdf/SKILL.md": "one\n", "empty.md": "" }, [], {
          message: "begin",
        });
        const batch = history.save(null, first, { message: "begin", reason: "why", details: { git: "no" } });
        const outcome = await write(batch);
        expect(outcome).toMatchObject({ status: "done", replayed: false });
        expect(await store.history.ref(history.main)).toBe(first.id);
        const ids = first.objects.map(({ id }) => id);
        const bytes = await store.history.getMany(ids);
        expect(bytes.map((one) => one && Buffer.from(one).toString("hex"))).toEqual(
          first.objects.map((object) => Buffer.from(object.bytes).toString("hex")),
        );
        expect(await store.history.commit(first.id)).toMatchObject({
          message: "begin",
          wordsForgotten: false,
        });
        const recorded = await store.history.operation(batch.operation.id);
        expect(recorded).toMatchObject(batch.operation);
        expect(recorded).toEqual(outcome.status === "done" ? outcome.operation : null);
      });
    });

    test("a ref that moved makes a batch stale, says where it is, and leaves nothing behind (P4)", async () => {
      await withSubject(open, async ({ store, history, write }) => {
        const first = history.commit({ "a.md": "1" }, []);
        const mine = history.commit({ "a.md": "mine" }, [first.id]);
        const theirs = history.commit({ "a.md": "theirs" }, [first.id]);
        await write(history.save(null, first));
        await write(history.save(first, theirs));
        const late = history.save(first, mine);
        expect(await write(late)).toEqual({
          status: "stale",
          move: late.operation.refs[0],
          present: theirs.id,
        });
        expect(await store.history.getMany([mine.id, blobOf("mine").id])).toEqual([undefined, undefined]);
        expect(await store.history.operation(late.operation.id)).toBeUndefined();
        expect(await write(history.save(null, mine))).toMatchObject({ status: "stale", present: theirs.id });
      });
    });

    test("the same operation again changes nothing (BUGS S9)", async () => {
      await withSubject(open, async ({ store, history, write }) => {
        const first = history.commit({ "a.md": "1" }, []);
        const batch = history.save(null, first, { message: "once" });
        const once = await write(batch);
        const again = await write(batch);
        expect(again).toEqual({ ...once, replayed: true });
        expect(await store.history.operations({ limit: 10 })).toHaveLength(1);
        const other = history.commit({ "a.md": "2" }, [first.id]);
        const stolen = history.save(first, other, { id: batch.operation.id });
        expect(await write(stolen)).toMatchObject({ status: "refused" });
      });
    });

    test("what refers to something absent is incomplete, and every absent id is named (P3)", async () => {
      await withSubject(open, async ({ store, history, write }) => {
        const absent = history.commit({ "x.md": "x" }, []);
        const child = history.commit({ "a.md": "a", "b.md": "b" }, [absent.id]);
        const without = (left: readonly NewObject[]): readonly NewObject[] =>
          child.objects.filter((one) => !left.includes(one));
        const blobs = child.blobs;
        const attempts = [
          { objects: child.objects, missing: [absent.id] },
          { objects: without(blobs), missing: [...blobs.map(({ id }) => id), absent.id] },
          { objects: without([child.root]), missing: [child.root.id, absent.id] },
        ];
        for (const { objects, missing } of attempts) {
          const outcome = await write({ ...history.save(null, child), objects });
          if (outcome.status !== "incomplete") throw new Error(`not incomplete but ${outcome.status}`);
          expect([...outcome.missing].sort()).toEqual([...missing].sort());
        }
        expect(await store.history.operations({ limit: 1 })).toEqual([]);
        expect(await store.history.refs()).toEqual([]);
      });
    });

    test("a change, a ref or a conflict that names an absent object is incomplete (P3)", async () => {
      await withSubject(open, async ({ history, write }) => {
        const first = history.commit({ "a.md": "a" }, []);
        await write(history.save(null, first));
        const gone = entryOf("never stored");
        const change = { collection: history.collection, path: "a.md", target: null, artifact: null };
        const batches = [
          history.batch({ operation: { changes: [{ ...change, before: gone, after: null }] } }),
          history.batch({ operation: { changes: [{ ...change, before: null, after: gone }] } }),
          history.batch({ openConflicts: [history.conflict("a.md", { theirs: gone })] }),
        ];
        for (const batch of batches) {
          expect(await write(batch)).toEqual({ status: "incomplete", missing: [gone.blob] });
        }
        const lost = history.commit({ "b.md": "b" }, []);
        const move = { name: history.main, before: first.id, after: lost.id };
        expect(await write(history.batch({ operation: { refs: [move] } }))).toEqual({
          status: "incomplete",
          missing: [lost.id],
        });
      });
    });

    test("a file with the bytes of a node does not stand for a checked node", async () => {
      await withSubject(open, async ({ history, write }) => {
        const commit = history.commit({ "a.md": "never stored" }, []);
        const asFile: NewObject = { ...blobOf(""), id: blobIdOf(commit.root.id), bytes: commit.root.bytes };
        expect(await write(history.batch({ objects: [asFile] }))).toMatchObject({ status: "done" });
        const outcome = await write({ ...history.save(null, commit), objects: [commit.commit] });
        expect(outcome).toMatchObject({ status: "incomplete" });
        expect(await write({ ...history.save(null, commit), objects: [commit.root, commit.commit] })).toEqual(
          {
            status: "incomplete",
            missing: [blobOf("never stored").id],
          },
        );
        expect(await write(history.save(null, commit))).toMatchObject({ status: "done" });
      });
    });

    test("ids are computed again, and bytes of another kind refused (BUGS P1)", async () => {
      await withSubject(open, async ({ store, history, write }) => {
        const right = blobOf("right");
        const bad: NewObject[] = [
          { ...right, bytes: blobOf("wrong").bytes },
          { kind: "node", id: nodeIdOf(right.id), bytes: right.bytes },
          {
            ...history.commit({ "a.md": "" }, [], { message: "said" }).commit,
            words: new Uint8Array([1, 2]),
          },
        ];
        for (const object of bad) {
          expect(await write(history.batch({ objects: [object] }))).toMatchObject({ status: "refused" });
        }
        expect(await store.history.getMany([right.id])).toEqual([undefined]);
      });
    });

    test("unsafe names are refused: paths, refs, ids, sizes (BUGS P1, X2)", async () => {
      await withSubject(open, async ({ store, history, write }) => {
        const first = history.commit({ "a.md": "a" }, []);
        const change = {
          collection: history.collection,
          path: "a.md",
          target: null,
          artifact: null,
          before: null,
          after: entryOf("a"),
        };
        const paths = ["../out", "/etc/passwd", "a\nb", "a//b", "a/./b", "\ud800", "x".repeat(2000)];
        for (const path of paths) {
          const operation = { changes: [{ ...change, path }] };
          expect(await write(history.batch({ objects: first.objects, operation }))).toMatchObject({
            status: "refused",
          });
        }
        const oddities = [
          { refs: [{ name: `${history.collection}/heads/../x` as const, before: null, after: first.id }] },
          { refs: [{ name: `${history.collection}/heads/` as const, before: null, after: first.id }] },
          { changes: [{ ...change, after: { ...entryOf("a"), size: 7 } }] },
          { changes: [{ ...change, after: { ...entryOf("a"), mode: 0o777 } }] },
          { collections: [] },
          { undoes: history.operationId() },
          { message: "\ud800" },
          { message: "x".repeat(70_000) },
        ];
        for (const operation of oddities) {
          const outcome = await write(history.batch({ objects: first.objects, operation }));
          expect(outcome, JSON.stringify(operation).slice(0, 200)).toMatchObject({ status: "refused" });
        }
        expect(await store.history.operations({ limit: 1 })).toEqual([]);
        expect(await store.history.getMany([first.id])).toEqual([undefined]);
      });
    });

    test("batches of one write fail singly, each seeing those before it", async () => {
      await withSubject(open, async ({ store, history }) => {
        const one = history.commit({ "a.md": "1" }, []);
        const two = history.commit({ "a.md": "2" }, [one.id]);
        const lost = history.commit({ "a.md": "lost" }, [one.id]);
        const { outcomes, localWritten } = await store.write(
          [history.save(null, one), history.save(null, lost), history.save(one, two)],
          { local: {} },
        );
        expect(outcomes.map(({ status }) => status)).toEqual(["done", "stale", "done"]);
        expect(localWritten).toBe(false);
        expect(await store.history.ref(history.main)).toBe(two.id);
        expect(await store.history.getMany([lost.id])).toEqual([undefined]);
      });
    });

    test("of a whole write all is taken back when one batch is not done (P2)", async () => {
      await withSubject(open, async ({ store, history }) => {
        const one = history.commit({ "skills/new/SKILL.md": "1" }, []);
        const lost = history.commit({ "a.md": "lost" }, []);
        const batches = [history.save(null, one), history.save(null, lost)];
        const { outcomes, localWritten } = await store.write(batches, { local: {}, whole: true });
        expect(outcomes.map(({ status }) => status)).toEqual(["withdrawn", "stale"]);
        expect(localWritten).toBe(false);
        expect(await store.history.operations({ limit: 10 })).toEqual([]);
        expect(await store.history.refs()).toEqual([]);
        expect(await store.history.getMany([one.id])).toEqual([undefined]);
        // The same again, after it was taken back: nothing that the engine remembers may be of the lost attempt.
        expect((await store.write(batches.slice(0, 1), { whole: true })).outcomes).toMatchObject([
          { status: "done" },
        ]);
        const [operation] = await store.history.operations({
          artifact: "skill/new",
          collection: history.collection,
          limit: 1,
        });
        expect(operation?.changes[0]?.path).toBe("skills/new/SKILL.md");
      });
    });

    test("content stored ahead is named by a later batch, which is incomplete without it (P3)", async () => {
      await withSubject(open, async ({ store, history, write }) => {
        const first = history.commit({ "a.md": "a", "b.md": "b", "c.md": "a" }, []);
        const [a, b] = [blobOf("a"), blobOf("b")];
        const batch = {
          ...history.save(null, first),
          objects: [...first.nodes, first.commit],
          ahead: [a.id, b.id],
        };
        await store.putAhead([a]);
        expect(await write(batch)).toEqual({ status: "incomplete", missing: [b.id] });
        await store.putAhead([a, b, b]);
        expect(await store.history.operations({ limit: 1 })).toEqual([]);
        expect(await store.history.refs()).toEqual([]);
        expect(await write(batch)).toMatchObject({ status: "done", replayed: false });
        expect(await write(batch)).toMatchObject({ status: "done", replayed: true });
        expect(await store.history.getMany([a.id, b.id])).toEqual([a.bytes, b.bytes]);
        expect((await store.history.verify()).problems).toEqual([]);
      });
    });

    test("content that is not what its id says is not stored ahead (BUGS P1)", async () => {
      await withSubject(open, async ({ store }) => {
        const right = blobOf("right");
        await expect(store.putAhead([{ ...right, bytes: blobOf("wrong").bytes }])).rejects.toThrow(right.id);
        expect(await store.history.getMany([right.id])).toEqual([undefined]);
      });
    });

    test("versions of one file are read back exactly, whatever they are stored against", async () => {
      await withSubject(open, async ({ store, history, write }) => {
        const texts = Array.from({ length: 30 }, (_, version) =>
          Array.from(
            { length: 200 },
            (_, line) => `line ${line} ${line === version ? "changed" : ""}\n`,
          ).join(""),
        );
        let previous: BlobId | undefined;
        for (const text of texts) {
          const blob = blobOf(text, previous);
          expect(await write(history.batch({ objects: [blob] }))).toMatchObject({ status: "done" });
          previous = blob.id;
        }
        const ids = texts.map((text) => blobOf(text).id);
        const read = await store.history.getMany(ids);
        expect(read.map((bytes) => bytes && new TextDecoder().decode(bytes))).toEqual(texts);
      });
    });
  });
}

function blobIdOf(id: string): BlobId {
  const read = parseHashId<BlobId>(id);
  if (read === undefined) throw new Error("not an id");
  return read;
}

function nodeIdOf(id: string): NodeId {
  const read = parseHashId<NodeId>(id);
  if (read === undefined) throw new Error("not an id");
  return read;
}
