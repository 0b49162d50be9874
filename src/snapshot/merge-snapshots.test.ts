import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits, type Edits, type Entries, MemoryObjects } from "../../test/snapshot/cases.ts";
import { StetError } from "../domain/errors.ts";
import { type FileEntry, sameEntry } from "../domain/files.ts";
import { type CollectionPath, comparePaths, pathOf } from "../domain/paths.ts";
import type { MergeFile } from "../merge/merge-port.ts";
import { wholeFileMerge } from "../merge/whole-file-merge.ts";
import { buildSnapshot } from "./build-snapshot.ts";
import { blobId } from "./hash.ts";
import { mergeSnapshots } from "./merge-snapshots.ts";
import { readEntries } from "./read-snapshot.ts";

const source = new MemoryObjects();

/** A file that the source has. */
function file(text: string, mode = 0o100644): FileEntry {
  const bytes = new TextEncoder().encode(text);
  const id = blobId(bytes);
  source.put([{ kind: "blob", id, bytes }]);
  return { blob: id, mode, size: bytes.length };
}

function snapshot(entries: Entries): ReturnType<typeof buildSnapshot>["id"] {
  const built = buildSnapshot(entries);
  source.put(built.nodes);
  return built.id;
}

function named(files: Readonly<Record<string, FileEntry>>): Map<CollectionPath, FileEntry> {
  return new Map(Object.entries(files).map(([path, entry]) => [pathOf(path), entry]));
}

async function merge(base: Entries, yours: Entries, theirs: Entries, mergeFile: MergeFile = wholeFileMerge) {
  const ids = [snapshot(base), snapshot(yours), snapshot(theirs)] as const;
  const result = await mergeSnapshots(source, ...ids, mergeFile);
  source.put(result.objects);
  return { ...result, entries: await readEntries(source, result.id) };
}

const versions = [file("one"), file("two"), file("three\0"), file("one", 0o100755), file("two", 0o100755)];
const paths = Array.from({ length: 60 }, (_, index) => pathOf(`skills/s${index % 9}/file-${index}.md`));
const edits: fc.Arbitrary<Edits> = fc
  .array(fc.tuple(fc.constantFrom(...paths), fc.option(fc.constantFrom(...versions), { freq: 3 })), {
    maxLength: 40,
  })
  .map((pairs) => new Map(pairs));

describe("a merge of snapshots", () => {
  test("takes one-sided changes, keeps theirs in a conflict, and reports every path that it could not", async () => {
    await fc.assert(
      fc.asyncProperty(edits, edits, edits, async (start, mine, other) => {
        const base = applyEdits(new Map(), start);
        const [yours, theirs] = [applyEdits(base, mine), applyEdits(base, other)];
        const result = await merge(base, yours, theirs);
        const conflicts = new Map(result.conflicts.map((one) => [one.path, one]));
        for (const path of paths) {
          const [was, your, their] = [base, yours, theirs].map((side) => side.get(path) ?? null);
          if (was === undefined || your === undefined || their === undefined) throw new Error("three sides");
          const now = result.entries.get(path) ?? null;
          const conflict = conflicts.get(path);
          if (sameEntry(was, your) || sameEntry(your, their)) expect(now).toEqual(their);
          else if (sameEntry(was, their)) expect(now).toEqual(your);
          else if (conflict === undefined) {
            expect(now?.blob === your?.blob || now?.blob === their?.blob).toBe(true);
            expect(now?.mode === your?.mode || now?.mode === their?.mode).toBe(true);
          } else {
            expect(conflict).toMatchObject({ base: was, yours: your, theirs: their });
            expect(now).toEqual(their);
          }
        }
        const asEdits = new Map(result.changesFromTheirs.map((change) => [change.path, change.after]));
        expect(new Map([...applyEdits(theirs, asEdits)].sort(([a], [b]) => comparePaths(a, b)))).toEqual(
          result.entries,
        );
      }),
      { numRuns: 1000 },
    );
  });

  test("conflicts on the same paths from both sides", async () => {
    await fc.assert(
      fc.asyncProperty(edits, edits, edits, async (start, mine, other) => {
        const base = applyEdits(new Map(), start);
        const [yours, theirs] = [applyEdits(base, mine), applyEdits(base, other)];
        const [one, swapped] = [await merge(base, yours, theirs), await merge(base, theirs, yours)];
        expect(swapped.conflicts.map((conflict) => [conflict.path, conflict.rule])).toEqual(
          one.conflicts.map((conflict) => [conflict.path, conflict.rule]),
        );
        if (one.conflicts.length === 0) expect(swapped.id).toBe(one.id);
      }),
      { numRuns: 1000 },
    );
  });

  test("puts new bytes here and a new mode there together", async () => {
    const result = await merge(
      named({ "run.sh": file("old") }),
      named({ "run.sh": file("new") }),
      named({ "run.sh": file("old", 0o100755) }),
    );
    expect(result.conflicts).toEqual([]);
    expect(result.entries.get(pathOf("run.sh"))).toEqual(file("new", 0o100755));
  });

  test("brings the blob of a file that the port merged inside", async () => {
    const joined = new TextEncoder().encode("joined");
    const join: MergeFile = async () => ({
      status: "merged",
      file: { bytes: joined, mode: 0o100644 },
      decisions: [{ rule: "R4", where: "Usage", mark: "look" }],
    });
    const result = await merge(
      named({ a: file("1") }),
      named({ a: file("2") }),
      named({ a: file("3") }),
      join,
    );
    expect(result.objects).toContainEqual({ kind: "blob", id: blobId(joined), bytes: joined });
    expect(result.entries.get(pathOf("a"))?.blob).toBe(blobId(joined));
    expect(result.decisions).toEqual([{ path: "a", rule: "R4", where: "Usage", mark: "look" }]);
  });

  test("never makes a file of what the other side made a folder", async () => {
    const fileHere = named({ "skills/a": file("file") });
    const folderHere = named({ "skills/a/SKILL.md": file("folder"), "skills/b": file("b") });
    for (const [yours, theirs] of [
      [fileHere, folderHere],
      [folderHere, fileHere],
    ] as const) {
      const result = await merge(new Map(), yours, theirs);
      const clash = [...yours.keys()].find((path) => path.startsWith("skills/a"));
      expect(result.conflicts.map((one) => [one.path, one.rule])).toEqual([[clash, "X3"]]);
      for (const path of theirs.keys()) expect(result.entries.has(path)).toBe(true);
      expect(result.entries.has(pathOf("skills/b"))).toBe(true);
    }
  });

  test("holds a new folder back where the file that it replaces was changed", async () => {
    const result = await merge(
      named({ a: file("1") }),
      named({ "a/b": file("moved") }),
      named({ a: file("2") }),
    );
    expect(result.conflicts.map((one) => [one.path, one.rule])).toEqual([
      ["a", "X2"],
      ["a/b", "X3"],
    ]);
    expect(result.entries).toEqual(named({ a: file("2") }));
  });

  test("names a blob that is absent", async () => {
    const gone: FileEntry = { blob: blobId(new Uint8Array([9, 9])), mode: 0o100644, size: 2 };
    const run = merge(named({ a: file("1") }), named({ a: gone }), named({ a: file("2") }));
    await expect(run).rejects.toThrow(StetError);
    await expect(run).rejects.toMatchObject({ code: "E-OBJECT-MISSING", where: `blob ${gone.blob}` });
  });
});
