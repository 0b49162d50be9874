import { describe, expect, test } from "vitest";
import { type CheckoutId, randomId } from "../../domain/ids.ts";
import type { Aside, Checkout, IndexEntry, JournalRow, WrittenEntry } from "../../store/checkout-store.ts";
import type { OpenFreshStore } from "./store-subject.ts";
import { entryOf, type TestHistory } from "./test-history.ts";
import { testTime, withSubject } from "./with-subject.ts";

/** This machine's records: checkouts, index, what was written, journal, asides. */
export function describeCheckouts(open: OpenFreshStore): void {
  describe("checkouts", () => {
    test("records come back as they were put, also with every bit of an inode", async () => {
      await withSubject(open, async ({ store, history }) => {
        const checkout = checkoutOf(history);
        const entries = [indexEntry("a.md", 2n ** 64n - 1n), indexEntry("b/c.md", 5n)];
        const written = writtenEntry("skills/a/SKILL.md");
        const aside: Aside = {
          disk: "/tmp/aside",
          checkout: checkout.id,
          place: "root",
          path: "a.md",
          blob: entryOf("1").blob,
          since: testTime,
        };
        await store.checkouts.apply(
          {
            checkouts: [checkout],
            index: [{ checkout: checkout.id, place: "root", put: entries, drop: [] }],
            written: [{ checkout: checkout.id, place: "claude:project", put: [written], drop: [] }],
            asides: [aside],
          },
          { durable: false },
        );
        expect(await store.checkouts.checkouts()).toEqual([checkout]);
        expect(await store.checkouts.index(checkout.id, "root")).toEqual(entries);
        expect(await store.checkouts.index(checkout.id, "claude:project")).toEqual([]);
        expect(await store.checkouts.written(checkout.id, "claude:project")).toEqual([written]);
        expect(await store.checkouts.asides(checkout.id)).toEqual([aside]);
        const moved = { ...checkout, root: "/elsewhere", branch: "feature" };
        const changed = { ...indexEntry("a.md", 9n), materialised: false };
        await store.checkouts.apply(
          {
            checkouts: [moved],
            index: [{ checkout: checkout.id, place: "root", put: [changed], drop: ["b/c.md", "none"] }],
            written: [{ checkout: checkout.id, place: "claude:project", put: [], drop: [written.path] }],
            dropAsides: [aside.disk],
          },
          { durable: true },
        );
        expect(await store.checkouts.checkouts()).toEqual([moved]);
        expect(await store.checkouts.index(checkout.id, "root")).toEqual([changed]);
        expect(await store.checkouts.written(checkout.id, "claude:project")).toEqual([]);
        expect(await store.checkouts.asides(checkout.id)).toEqual([]);
      });
    });

    test("the journal holds an operation until it is dropped, with its direction and what is stuck", async () => {
      await withSubject(open, async ({ store, history }) => {
        const checkout = checkoutOf(history);
        const operation = history.operationId();
        const rows = [journalRow(checkout.id, operation, 0), journalRow(checkout.id, operation, 1)];
        await store.checkouts.apply(
          { checkouts: [checkout], journal: [{ operation, direction: "forth", rows }] },
          { durable: true },
        );
        expect(await store.checkouts.pending()).toEqual([{ operation, direction: "forth", rows }]);
        await store.checkouts.apply(
          {
            turnJournal: [{ operation, direction: "back" }],
            stuck: [{ operation, ordinal: 1, why: "no permission" }],
          },
          { durable: true },
        );
        const stuck = rows.map((row) => (row.ordinal === 1 ? { ...row, stuck: "no permission" } : row));
        expect(await store.checkouts.pending(checkout.id)).toEqual([
          { operation, direction: "back", rows: stuck },
        ]);
        const stranger = randomId("checkout", history.random(20));
        expect(await store.checkouts.pending(stranger)).toEqual([]);
        await store.checkouts.apply({ dropJournal: [operation] }, { durable: false });
        expect(await store.checkouts.pending()).toEqual([]);
      });
    });

    test("a path has at most one pending row, and a refused batch leaves nothing", async () => {
      await withSubject(open, async ({ store, history }) => {
        const checkout = checkoutOf(history);
        const [one, two] = [history.operationId(), history.operationId()];
        const pending = (operation: typeof one) => ({
          operation,
          direction: "forth" as const,
          rows: [journalRow(checkout.id, operation, 0)],
        });
        await store.checkouts.apply({ checkouts: [checkout], journal: [pending(one)] }, { durable: true });
        const second = { journal: [pending(two)], checkouts: [{ ...checkout, branch: "lost" }] };
        await expect(store.checkouts.apply(second, { durable: true })).rejects.toThrow();
        expect((await store.checkouts.pending()).map(({ operation }) => operation)).toEqual([one]);
        expect((await store.checkouts.checkouts())[0]?.branch).toBe("main");
        await store.checkouts.apply(
          { stuck: [{ operation: one, ordinal: 0, why: "gone" }] },
          { durable: true },
        );
        await store.checkouts.apply(second, { durable: true });
        expect(await store.checkouts.pending()).toHaveLength(2);
      });
    });

    test("records ride in the transaction of a history write, or are not written", async () => {
      await withSubject(open, async ({ store, history }) => {
        const checkout = checkoutOf(history);
        const commit = history.commit({ "a.md": "1" }, []);
        const local = { checkouts: [checkout] };
        const stale = history.save(commit, commit);
        expect(await store.write([stale], { local })).toMatchObject({ localWritten: false });
        expect(await store.checkouts.checkouts()).toEqual([]);
        const done = await store.write([history.save(null, commit)], { local });
        expect(done).toMatchObject({ outcomes: [{ status: "done" }], localWritten: true });
        expect(await store.checkouts.checkouts()).toEqual([checkout]);
      });
    });

    test("a checkout that is dropped takes its records along, and only its own", async () => {
      await withSubject(open, async ({ store, history }) => {
        const [one, two] = [checkoutOf(history), checkoutOf(history)];
        const index = [one, two].map(({ id }) => ({
          checkout: id,
          place: "root",
          put: [indexEntry("a.md", 1n)],
          drop: [],
        }));
        await store.checkouts.apply({ checkouts: [one, two], index }, { durable: true });
        await store.checkouts.apply({ dropCheckouts: [one.id] }, { durable: true });
        expect(await store.checkouts.checkouts()).toEqual([two]);
        expect(await store.checkouts.index(one.id, "root")).toEqual([]);
        expect(await store.checkouts.index(two.id, "root")).toHaveLength(1);
      });
    });
  });
}

function checkoutOf(history: TestHistory): Checkout {
  return {
    id: randomId("checkout", history.random(20)),
    collection: history.collection,
    name: "project",
    base: "/home/ana/project",
    root: "/home/ana/project/.agents",
    device: "2049",
    inode: "18446744073709551615",
    branch: "main",
    materialised: null,
    gitHead: null,
  };
}

function indexEntry(path: string, inode: bigint): IndexEntry {
  return {
    path,
    stamp: {
      size: 12,
      mtimeNs: 1_795_000_000_123_456_789n,
      ctimeNs: 1_795_000_000_987_654_321n,
      device: 2049n,
      inode,
      mode: 0o100644,
    },
    blob: entryOf(path).blob,
    seenAt: testTime,
    materialised: true,
  };
}

function writtenEntry(path: string): WrittenEntry {
  return { path, artifact: "skill/a", written: entryOf(path), source: "sha256:source" };
}

function journalRow(checkout: CheckoutId, operation: JournalRow["operation"], ordinal: number): JournalRow {
  return {
    operation,
    ordinal,
    checkout,
    place: "root",
    path: `file-${ordinal}.md`,
    disk: `/home/ana/file-${ordinal}.md`,
    before: ordinal === 0 ? null : entryOf("before"),
    after: entryOf("after"),
    staged: "/home/ana/.work/staged",
    stagedInode: 2n ** 64n - 2n,
    aside: null,
    folder: null,
    stuck: null,
  };
}
