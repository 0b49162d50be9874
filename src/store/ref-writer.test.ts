import { describe, expect, test } from "vitest";
import type { CommitId } from "../domain/ids.ts";
import { readEntries } from "../testing/conformance/read-entries.ts";
import type { TestHistory } from "../testing/conformance/test-history.ts";
import { withSubject } from "../testing/conformance/with-subject.ts";
import { sqliteSubject } from "../testing/sqlite-subject.ts";
import { groupWrites } from "./group-commit.ts";
import { RefWriter } from "./ref-writer.ts";
import type { Store } from "./store.ts";

/** A store that counts its transactions, and may do something before each. */
function counted(store: Store, before: (transaction: number) => Promise<void> = async () => {}) {
  const sizes: number[] = [];
  const counting: Store = {
    ...store,
    write: async (batches, options) => {
      sizes.push(batches.length);
      await before(sizes.length);
      return await store.write(batches, options);
    },
  };
  return { store: counting, sizes };
}

/** A save that adds one file to whatever the head holds. */
function addFile(history: TestHistory, name: string) {
  return {
    ref: history.main,
    build: async (
      head: CommitId | null,
      source: Store["history"] | { getMany: Store["history"]["getMany"] },
    ) => {
      const present = head === null ? {} : await readEntries(source, head);
      const after = history.commit({ ...present, [name]: name }, head === null ? [] : [head]);
      return history.batch({
        objects: after.objects,
        operation: { refs: [{ name: history.main, before: head, after: after.id }], message: name },
      });
    },
  };
}

describe("saves of one ref", () => {
  test("64 concurrent saves are all written, one on top of the other, in few transactions (BUGS S8)", async () => {
    await withSubject(sqliteSubject("inline"), async ({ store, history }) => {
      const { store: counting, sizes } = counted(store);
      const writer = new RefWriter(counting);
      const names = Array.from({ length: 64 }, (_, index) => `file-${index}.md`);
      const outcomes = await Promise.all(names.map((name) => writer.save(addFile(history, name))));
      expect(outcomes.every((one) => one.status === "written" && one.outcome.status === "done")).toBe(true);
      expect(sizes.length).toBeLessThanOrEqual(2);
      const head = await store.history.ref(history.main);
      if (head === undefined) throw new Error("no head");
      expect(Object.keys(await readEntries(store.history, head)).sort()).toEqual(names.toSorted());
      expect(await store.history.operations({ limit: 100 })).toHaveLength(64);
      expect((await store.history.verify()).problems).toEqual([]);
    });
  });

  test("a writer elsewhere that moves the ref makes the saves be built again, and loses nothing", async () => {
    await withSubject(sqliteSubject("inline"), async ({ store, history, beside }) => {
      const elsewhere = new RefWriter(await beside());
      const { store: counting } = counted(store, async (transaction) => {
        if (transaction <= 3) await elsewhere.save(addFile(history, `elsewhere-${transaction}.md`));
      });
      const writer = new RefWriter(counting);
      const names = Array.from({ length: 10 }, (_, index) => `here-${index}.md`);
      const outcomes = await Promise.all(names.map((name) => writer.save(addFile(history, name))));
      expect(outcomes.every((one) => one.status === "written" && one.outcome.status === "done")).toBe(true);
      const head = await store.history.ref(history.main);
      if (head === undefined) throw new Error("no head");
      const expected = [...names, "elsewhere-1.md", "elsewhere-2.md", "elsewhere-3.md"].sort();
      expect(Object.keys(await readEntries(store.history, head)).sort()).toEqual(expected);
    });
  });

  test("after a race was lost the head is read and moved within one turn", async () => {
    await withSubject(sqliteSubject("inline"), async ({ store, history, beside }) => {
      const elsewhere = new RefWriter(await beside());
      const { store: counting } = counted(store, async (transaction) => {
        if (transaction === 1) await elsewhere.save(addFile(history, "elsewhere.md"));
      });
      const events: string[] = [];
      const writer = new RefWriter({
        ...counting,
        history: {
          ...counting.history,
          ref: async (name) => {
            events.push("read");
            return await counting.history.ref(name);
          },
        },
        write: async (batches, options) => {
          events.push("write");
          return await counting.write(batches, options);
        },
        takeTurn: async () => {
          events.push("turn");
          return { waited: false, release: () => void events.push("end") };
        },
      });
      await writer.save(addFile(history, "here.md"));
      await expect.poll(() => events).toEqual(["read", "write", "turn", "read", "write", "end"]);
    });
  });

  test("a turn that is not to be had keeps no save from being written", async () => {
    await withSubject(sqliteSubject("inline"), async ({ store, history, beside }) => {
      const elsewhere = new RefWriter(await beside());
      const { store: counting } = counted(store, async (transaction) => {
        if (transaction <= 2) await elsewhere.save(addFile(history, `elsewhere-${transaction}.md`));
      });
      const writer = new RefWriter({ ...counting, takeTurn: async () => null });
      const saved = await writer.save(addFile(history, "here.md"));
      expect(saved).toMatchObject({ status: "written", outcome: { status: "done" } });
    });
  });

  test("a ref that never stands still ends in stale, not in an endless loop", async () => {
    await withSubject(sqliteSubject("inline"), async ({ store, history, beside }) => {
      const elsewhere = new RefWriter(await beside());
      const { store: counting, sizes } = counted(store, async (transaction) => {
        await elsewhere.save(addFile(history, `elsewhere-${transaction}.md`));
      });
      const outcome = await new RefWriter(counting).save(addFile(history, "here.md"));
      expect(outcome).toMatchObject({ status: "written", outcome: { status: "stale" } });
      expect(sizes).toHaveLength(20);
    });
  });

  test("a save that throws, is refused or has nothing to do holds up no other", async () => {
    await withSubject(sqliteSubject("inline"), async ({ store, history }) => {
      const writer = new RefWriter(store);
      const refused = addFile(history, "refused.md");
      const results = await Promise.allSettled([
        writer.save(addFile(history, "one.md")),
        writer.save({ ref: history.main, build: () => Promise.reject(new Error("no")) }),
        writer.save({
          ...refused,
          build: async (head, source) => ({ ...(await refused.build(head, source)), unpins: ["none"] }),
        }),
        writer.save({ ref: history.main, build: async (head) => ({ nothing: head }) }),
        writer.save(addFile(history, "two.md")),
      ]);
      expect(results.map((one) => (one.status === "fulfilled" ? one.value : "rejected"))).toMatchObject([
        { status: "written", outcome: { status: "done" } },
        "rejected",
        { status: "written", outcome: { status: "refused" } },
        { status: "nothing" },
        { status: "written", outcome: { status: "done" } },
      ]);
      const head = await store.history.ref(history.main);
      if (head === undefined) throw new Error("no head");
      expect(Object.keys(await readEntries(store.history, head))).toEqual(["one.md", "two.md"]);
    });
  });
});

describe("grouped writes", () => {
  test("those that arrive while one is under way share the next transaction, each with its own outcome", async () => {
    await withSubject(sqliteSubject("worker"), async ({ store, history }) => {
      const { store: counting, sizes } = counted(store);
      const grouped = groupWrites(counting);
      const first = history.commit({ "a.md": "1" }, []);
      const writes = [
        grouped.write([history.save(null, first)]),
        grouped.write([history.batch({})]),
        grouped.write([history.save(null, first), history.batch({})]),
        grouped.write([history.batch({ unpins: ["none"] })]),
      ];
      const results = await Promise.all(writes);
      expect(results.map(({ outcomes }) => outcomes.map(({ status }) => status))).toEqual([
        ["done"],
        ["done"],
        ["stale", "done"],
        ["refused"],
      ]);
      expect(results.map(({ localWritten }) => localWritten)).toEqual([true, true, false, false]);
      expect(sizes.length).toBeLessThan(4);
      expect(await store.history.operations({ limit: 10 })).toHaveLength(3);
    });
  });

  test("a whole write stands or falls by itself", async () => {
    await withSubject(sqliteSubject("inline"), async ({ store, history }) => {
      const { store: counting, sizes } = counted(store);
      const grouped = groupWrites(counting);
      const first = history.commit({ "a.md": "1" }, []);
      const [one, whole, other] = await Promise.all([
        grouped.write([history.batch({})]),
        grouped.write([history.save(null, first), history.batch({ unpins: ["none"] })], { whole: true }),
        grouped.write([history.batch({})]),
      ]);
      expect(one.outcomes[0]?.status).toBe("done");
      expect(other.outcomes[0]?.status).toBe("done");
      expect(whole.outcomes.map(({ status }) => status)).toEqual(["withdrawn", "refused"]);
      expect(sizes).toContain(2);
      await grouped.close();
    });
  });

  test("an error of a shared transaction reaches every write in it", async () => {
    await withSubject(sqliteSubject("inline"), async ({ store, history }) => {
      const { store: failing } = counted(store, () => Promise.reject(new Error("disk")));
      const grouped = groupWrites(failing);
      const results = await Promise.allSettled([
        grouped.write([history.batch({})]),
        grouped.write([history.batch({})]),
      ]);
      expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    });
  });
});
