import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  anyEdit,
  anyEntries,
  applyEdits,
  type Entries,
  entryOf,
  manyEntries,
  memoryOf,
} from "../../test/snapshot/cases.ts";
import { sameEntry } from "../domain/files.ts";
import { comparePaths } from "../domain/paths.ts";
import { buildSnapshot } from "./build-snapshot.ts";
import { diffSnapshots, type SnapshotChange } from "./diff-snapshots.ts";
import { decodeNode } from "./node.ts";

/** The plain model of a diff. */
function plainDiff(before: Entries, after: Entries): readonly SnapshotChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort(comparePaths);
  return paths
    .map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }))
    .filter((change) => !sameEntry(change.before, change.after));
}

describe("a diff of two snapshots", () => {
  test("finds what an edit changed, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(anyEdit, async ({ entries, edits }) => {
        const after = applyEdits(entries, edits);
        const [one, other] = [buildSnapshot(entries), buildSnapshot(after)];
        expect(await diffSnapshots(memoryOf(one, other), one.id, other.id)).toEqual(
          plainDiff(entries, after),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test("holds for snapshots that have nothing to do with each other", async () => {
    await fc.assert(
      fc.asyncProperty(anyEntries, anyEntries, async (before, after) => {
        const [one, other] = [buildSnapshot(before), buildSnapshot(after)];
        expect(await diffSnapshots(memoryOf(one, other), one.id, other.id)).toEqual(plainDiff(before, after));
      }),
      { numRuns: 1000 },
    );
  });

  test("reads two nodes a level for one edited file among 10,000, and none where nothing differs", async () => {
    const entries = manyEntries(10_000);
    const [path] = [...entries.keys()].slice(5000);
    if (path === undefined) throw new Error("no such path");
    const one = buildSnapshot(entries);
    const other = buildSnapshot(applyEdits(entries, new Map([[path, entryOf(99_999)]])));
    const root = decodeNode(one.nodes.at(-1)?.bytes ?? new Uint8Array());
    const source = memoryOf(one, other);
    expect(await diffSnapshots(source, one.id, one.id)).toEqual([]);
    expect(source.reads).toBe(0);
    expect(await diffSnapshots(source, one.id, other.id)).toHaveLength(1);
    expect(source.reads).toBe(2 * (root.level + 1));
  });
});
