import fc from "fast-check";
import type { FileEntry } from "../../src/domain/files.ts";
import type { ObjectId } from "../../src/domain/ids.ts";
import { type CollectionPath, comparePaths, parsePath, pathOf } from "../../src/domain/paths.ts";
import type { BuiltSnapshot } from "../../src/snapshot/build-snapshot.ts";
import { endsNode } from "../../src/snapshot/chunking.ts";
import { blobId } from "../../src/snapshot/hash.ts";
import type { NewObject, ObjectSource } from "../../src/snapshot/object-source.ts";

/** Snapshots for property tests: paths of every shape, and such as stretch the tree. */

export type Entries = ReadonlyMap<CollectionPath, FileEntry>;
export type Edits = ReadonlyMap<CollectionPath, FileEntry | null>;

const encoder = new TextEncoder();

/** A file entry; another number gives another one. */
export function entryOf(seed: number): FileEntry {
  const modes = [0o100644, 0o100755, 0o120000, 0o100600];
  const blob = blobId(encoder.encode(`content ${seed}`));
  return { blob, mode: modes[seed % modes.length] ?? 0o100644, size: seed };
}

/** Paths that many others share a beginning with, of 1 to 4 bytes a letter, either side of the surrogates. */
const oddPath = fc
  .array(
    fc.array(fc.constantFrom("a", "b", "-", "~", "é", "\ue000", "\uffff", "\u{10000}", "😀"), {
      minLength: 1,
      maxLength: 3,
    }),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((segments) => segments.map((letters) => letters.join("")).join("/"))
  .filter((text) => parsePath(text) !== undefined)
  .map(pathOf);

function searchPaths(count: number, accept: (path: CollectionPath) => boolean): readonly CollectionPath[] {
  const found: CollectionPath[] = [];
  for (let number = 0; found.length < count; number++) {
    const path = pathOf(`skills/${number % 7}/file-${number}.md`);
    if (accept(path)) found.push(path);
  }
  return found;
}

/** Paths behind which no leaf ends by itself: only the maximum cuts them. */
const runOn = searchPaths(400, (path) => !endsNode(path, 0));
/** Paths behind which every leaf ends. */
const cutting = searchPaths(60, (path) => endsNode(path, 0));
/** Paths behind which a node ends on two levels: few of them make a tall tree. */
const cuttingTwice = searchPaths(25, (path) => endsNode(path, 0) && endsNode(path, 1));

const pools = { runOn, cutting, cuttingTwice } as const;
const pooledPath = fc.oneof(...Object.values(pools).map((pool) => fc.constantFrom(...pool)));
const anyPath = fc.oneof({ weight: 1, arbitrary: oddPath }, { weight: 3, arbitrary: pooledPath });

const seeds = fc.nat({ max: 1000 });
const scattered = fc
  .array(fc.tuple(anyPath, seeds), { maxLength: 60 })
  .map((pairs): Entries => new Map(pairs.map(([path, seed]) => [path, entryOf(seed)])));
/** A stretch of one pool: runs that reach the maximum, towers, and both joined. */
const stretched = fc
  .array(fc.tuple(fc.constantFrom(...Object.values(pools)), fc.nat({ max: 400 }), fc.nat({ max: 400 })), {
    minLength: 1,
    maxLength: 2,
  })
  .map((stretches): Entries => {
    const entries = new Map<CollectionPath, FileEntry>();
    for (const [pool, from, length] of stretches) {
      for (const path of pool.slice(from % pool.length).slice(0, length))
        entries.set(path, entryOf(path.length));
    }
    return entries;
  });

export const anyEntries: fc.Arbitrary<Entries> = fc.oneof(
  { weight: 2, arbitrary: scattered },
  { weight: 1, arbitrary: stretched },
);

/** Entries, and edits of them: of paths that are there and of others, values, removals, down to none at all. */
export const anyEdit: fc.Arbitrary<{ readonly entries: Entries; readonly edits: Edits }> = anyEntries.chain(
  (entries) => {
    const present = [...entries.keys()];
    const somePath = present.length === 0 ? anyPath : fc.oneof(fc.constantFrom(...present), anyPath);
    const value = fc.option(seeds.map(entryOf), { freq: 2 });
    const few = fc.array(fc.tuple(somePath, value), { maxLength: 20 });
    const removals = fc
      .tuple(fc.nat({ max: present.length }), fc.nat({ max: present.length }))
      .map(([one, other]) => {
        const sorted = [...present].sort(comparePaths).slice(Math.min(one, other), Math.max(one, other));
        return sorted.map((path): [CollectionPath, FileEntry | null] => [path, null]);
      });
    const all = fc.constant(present.map((path): [CollectionPath, FileEntry | null] => [path, null]));
    const kinds = fc.oneof(
      { weight: 6, arbitrary: few },
      { weight: 2, arbitrary: removals },
      { weight: 1, arbitrary: fc.tuple(all, few).map(([gone, put]) => [...gone, ...put]) },
      { weight: 1, arbitrary: all },
    );
    return kinds.map((pairs) => ({ entries, edits: new Map(pairs) }));
  },
);

/** The plain model of an edit. */
export function applyEdits(entries: Entries, edits: Edits): Map<CollectionPath, FileEntry> {
  const result = new Map(entries);
  for (const [path, entry] of edits) {
    if (entry === null) result.delete(path);
    else result.set(path, entry);
  }
  return result;
}

/** Objects in memory, with a count of what was asked for. */
export class MemoryObjects implements ObjectSource {
  readonly objects = new Map<ObjectId, Uint8Array>();
  reads = 0;
  requests = 0;

  put(objects: Iterable<NewObject>): this {
    for (const { id, bytes } of objects) this.objects.set(id, bytes);
    return this;
  }

  readonly getMany: ObjectSource["getMany"] = async (ids) => {
    this.requests++;
    this.reads += ids.length;
    return ids.map((id) => this.objects.get(id));
  };
}

export function memoryOf(...built: readonly BuiltSnapshot[]): MemoryObjects {
  const source = new MemoryObjects();
  for (const one of built) source.put(one.nodes);
  return source;
}

/** `count` paths of a collection of skills, about three files to each. */
export function manyEntries(count: number): Map<CollectionPath, FileEntry> {
  const entries = new Map<CollectionPath, FileEntry>();
  for (let number = 0; number < count; number++) {
    const skill = Math.floor(number / 3)
      .toString()
      .padStart(6, "0");
    const file = ["SKILL.md", "references/guide.md", "scripts/run.sh"][number % 3];
    entries.set(pathOf(`skills/skill-${skill}/${file}`), entryOf(number));
  }
  return entries;
}
