import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits, type Edits, type Entries, MemoryObjects } from "../../test/snapshot/cases.ts";
import { StetError } from "../domain/errors.ts";
import { type FileEntry, sameEntry } from "../domain/files.ts";
import { type CollectionPath, comparePaths, pathOf } from "../domain/paths.ts";
import { mergeFileWith } from "../merge/merge-file.ts";
import type { MergeFile } from "../merge/merge-port.ts";
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

async function merge(
  base: Entries,
  yours: Entries,
  theirs: Entries,
  mergeFile: MergeFile = mergeFileWith({}),
) {
  const ids = [snapshot(base), snapshot(yours), snapshot(theirs)] as const;
  const result = await mergeSnapshots(source, ...ids, mergeFile);
  source.put(result.objects);
  return { ...result, entries: await readEntries(source, result.id) };
}

const paths = Array.from({ length: 60 }, (_, index) => pathOf(`skills/s${index % 9}/file-${index}.md`));
/** Texts of one path are like those of no other, so that nothing looks like a rename. */
const versions = new Map(
  paths.map((path) => [
    path,
    [
      file(`one of ${path}`),
      file(`two of ${path}`),
      file(`three of ${path}\0`),
      file(`one of ${path}`, 0o100755),
      file(`two of ${path}`, 0o100755),
    ],
  ]),
);
const edit = fc
  .tuple(fc.constantFrom(...paths), fc.option(fc.nat({ max: 4 }), { freq: 3 }))
  .map(
    ([path, version]) => [path, version === null ? null : (versions.get(path)?.[version] ?? null)] as const,
  );
const edits: fc.Arbitrary<Edits> = fc.array(edit, { maxLength: 40 }).map((pairs) => new Map(pairs));

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

const story = "# Lamps\n\nA lamp gives light.\nA shade gives less.\nA bulb is fragile.\n";
const edited = story.replace("fragile", "very fragile");

describe("a rename on one side (BUGS U2)", () => {
  async function outcome(...[base, yours, theirs]: readonly Readonly<Record<string, string>>[]) {
    const sides = [base, yours, theirs].map((files) =>
      named(Object.fromEntries(Object.entries(files ?? {}).map(([path, text]) => [path, file(text)]))),
    );
    const [one, two, three] = sides;
    if (one === undefined || two === undefined || three === undefined) throw new Error("three sides");
    const result = await merge(one, two, three);
    return {
      files: [...result.entries].map(([path, entry]) => `${path} ${nameOf.get(entry.blob) ?? "?"}`),
      conflicts: result.conflicts.map(({ path, rule }) => `${rule} ${path}`),
    };
  }
  const nameOf = new Map([
    [file(story).blob, "story"],
    [file(edited).blob, "edited"],
    [file("notes").blob, "notes"],
    [file("other").blob, "other"],
  ]);

  test("takes along what the other side changed in the file, whoever renamed", async () => {
    const base = { "agents/a.md": story };
    const sides = [{ "agents/b.md": story }, { "agents/a.md": edited }] as const;
    for (const [yours, theirs] of [sides, [sides[1], sides[0]]]) {
      expect(await outcome(base, yours, theirs)).toEqual({ files: ["agents/b.md edited"], conflicts: [] });
    }
  });

  test("is seen where the file was edited as well", async () => {
    expect(
      await outcome({ "agents/a.md": story }, { "agents/b.md": edited }, { "agents/a.md": story }),
    ).toEqual({ files: ["agents/b.md edited"], conflicts: [] });
    const both = await outcome(
      { "agents/a.md": story },
      { "agents/b.md": edited },
      { "agents/a.md": story.replace("light", "much light") },
    );
    // Merged inside: a text of neither side, under the new name.
    expect(both).toEqual({ files: ["agents/b.md ?"], conflicts: [] });
  });

  test("of a folder takes along what the other side added to it", async () => {
    const base = { "skills/a/SKILL.md": story, "skills/a/more.md": "other" };
    const renamed = { "skills/b/SKILL.md": story, "skills/b/more.md": "other" };
    const grown = { ...base, "skills/a/notes.md": "notes" };
    for (const [yours, theirs] of [
      [renamed, grown],
      [grown, renamed],
    ] as const) {
      expect(await outcome(base, yours, theirs)).toEqual({
        files: ["skills/b/SKILL.md story", "skills/b/more.md other", "skills/b/notes.md notes"],
        conflicts: [],
      });
    }
  });

  test("both renamed alike is one rename; to two names, or against a removal, is asked", async () => {
    const base = { "agents/a.md": story };
    expect(await outcome(base, { "agents/b.md": story }, { "agents/b.md": edited })).toEqual({
      files: ["agents/b.md edited"],
      conflicts: [],
    });
    expect(await outcome(base, { "agents/b.md": story }, { "agents/c.md": story })).toEqual({
      files: ["agents/c.md story"],
      conflicts: ["X4 agents/c.md"],
    });
    expect(await outcome(base, { "agents/b.md": story }, {})).toEqual({
      files: [],
      conflicts: ["X2 agents/b.md"],
    });
    expect(await outcome(base, {}, { "agents/b.md": story })).toEqual({
      files: ["agents/b.md story"],
      conflicts: ["X2 agents/b.md"],
    });
  });

  test("never replaces a file that lies where the renamed one should go", async () => {
    const base = { "agents/a.md": story };
    expect(
      await outcome(base, { "agents/b.md": story }, { "agents/a.md": edited, "agents/b.md": "other" }),
    ).toEqual({
      files: ["agents/a.md edited", "agents/b.md other"],
      conflicts: ["X2 agents/a.md", "X3 agents/b.md"],
    });
    const beside = { "skills/a/SKILL.md": story, "skills/b/notes.md": "other" };
    const moved = { "skills/b/SKILL.md": story, "skills/b/notes.md": "other" };
    expect(await outcome(beside, moved, { ...beside, "skills/a/notes.md": "notes" })).toEqual({
      files: ["skills/a/notes.md notes", "skills/b/SKILL.md story", "skills/b/notes.md other"],
      conflicts: ["X4 skills/a/notes.md"],
    });
  });

  test("loses nothing, whatever both sides rename, edit, add and remove", async () => {
    const places = ["a", "b", "c"].flatMap((folder) =>
      ["SKILL", "notes", "more"].map((name) => pathOf(`skills/${folder}/${name}.md`)),
    );
    const place = fc.constantFrom(...places);
    const step = fc.oneof(
      fc.record({ do: fc.constant("rename" as const), path: place, to: place }),
      fc.record({ do: fc.constant("edit" as const), path: place, by: fc.nat({ max: 99 }) }),
      fc.record({ do: fc.constant("remove" as const), path: place }),
    );
    const text = (path: string, by: number) => `${path}\none\ntwo\nthree\nfour\n${by}\n`;
    type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;
    const changed = (start: Entries, steps: readonly Step[]) => {
      const entries = new Map(start);
      for (const one of steps) {
        const entry = entries.get(one.path);
        if (one.do === "edit") entries.set(one.path, file(text(one.path, one.by)));
        else if (entry !== undefined && (one.do === "remove" || !entries.has(one.to))) {
          entries.delete(one.path);
          if (one.do === "rename") entries.set(one.to, entry);
        }
      }
      return entries;
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step), fc.array(step), fc.array(step), async (start, mine, other) => {
        const base = changed(new Map(), start);
        const [yours, theirs] = [changed(base, mine), changed(base, other)];
        const result = await merge(base, yours, theirs);
        const there = new Set([...result.entries.values()].map((entry) => entry.blob));
        const asked = new Set(result.conflicts.flatMap((one) => [one.yours?.blob, one.theirs?.blob]));
        const old = new Set([...base.values()].map((entry) => entry.blob));
        for (const side of [yours, theirs]) {
          for (const { blob } of side.values()) {
            if (!old.has(blob)) expect(there.has(blob) || asked.has(blob)).toBe(true);
          }
        }
        for (const { blob } of base.values()) {
          const keptByBoth = [yours, theirs].every((side) =>
            [...side.values()].some((one) => one.blob === blob),
          );
          if (keptByBoth) expect(there.has(blob) || asked.has(blob)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
