import { type FileEntry, sameEntry } from "../domain/files.ts";
import type { BlobId, SnapshotId } from "../domain/ids.ts";
import type { CollectionPath } from "../domain/paths.ts";
import type { FileBytes, MergeFile, Overlap } from "../merge/merge-port.ts";
import type { MergeDecision } from "../merge/merge-types.ts";
import { missingObject } from "./damage.ts";
import type { SnapshotChange } from "./diff-snapshots.ts";
import { blobId } from "./hash.ts";
import type { MergeSlot } from "./merge-slots.ts";
import type { NewObject, ObjectSource } from "./object-source.ts";
import { pathClashes } from "./path-clashes.ts";
import { readEntry } from "./read-snapshot.ts";

/** A file on which two snapshots overlap. The merged snapshot holds theirs there. */
export interface FileOverlap {
  readonly path: CollectionPath;
  readonly base: FileEntry | null;
  readonly yours: FileEntry | null;
  readonly theirs: FileEntry | null;
  readonly rule: Overlap["rule"];
  readonly units: Overlap["units"];
}

export interface FileDecision extends MergeDecision {
  readonly path: CollectionPath;
}

type SlotOutcome =
  | {
      readonly status: "merged";
      readonly slot: MergeSlot;
      readonly entry: FileEntry | null;
      readonly blob: NewObject | null;
      readonly decisions: readonly MergeDecision[];
    }
  | { readonly status: "overlap"; readonly slot: MergeSlot; readonly overlap: FileOverlap };

/** The merge of one pair of snapshots, file by file in order. */
export class SnapshotMerge {
  readonly #source: ObjectSource;
  readonly #theirs: SnapshotId;
  readonly #mergeFile: MergeFile;
  readonly #outcomes = new Map<CollectionPath, SlotOutcome>();

  constructor(source: ObjectSource, theirs: SnapshotId, mergeFile: MergeFile) {
    this.#source = source;
    this.#theirs = theirs;
    this.#mergeFile = mergeFile;
  }

  async slot(slot: MergeSlot): Promise<void> {
    const free = (await this.#isTaken(slot)) ? stayingSlot(slot) : slot;
    this.#outcomes.set(free.path, await this.#merged(free));
  }

  /** Takes back additions that no disk could hold beside what theirs has at the same time. */
  holdBackClashes(theirsAdded: Iterable<CollectionPath>): void {
    const added = this.#through().filter(({ slot, entry }) => slot.theirs === null && entry !== null);
    const kept = this.conflicts().filter((overlap) => overlap.theirs !== null);
    const held = [...theirsAdded, ...kept.map((overlap) => overlap.path)];
    const slots = new Map(added.map(({ slot }) => [slot.path, slot]));
    for (const path of pathClashes(slots.keys(), held)) {
      const slot = slots.get(path);
      if (slot !== undefined) this.#outcomes.set(path, overlapping(slot, "X3", []));
    }
  }

  /** What the result changes in theirs. */
  changes(): readonly SnapshotChange[] {
    return [...this.#outcomes.values()].flatMap((outcome) => {
      const { slot } = outcome;
      const after = outcome.status === "merged" ? outcome.entry : slot.theirs;
      const before = slot.leaves === null ? slot.theirs : null;
      const changes: SnapshotChange[] = [];
      if (!sameEntry(before, after)) changes.push({ path: slot.path, before, after });
      if (slot.leaves !== null) changes.push({ path: slot.leaves, before: slot.theirs, after: null });
      return changes;
    });
  }

  blobs(): readonly NewObject[] {
    return this.#through().flatMap(({ blob }) => (blob === null ? [] : [blob]));
  }

  conflicts(): readonly FileOverlap[] {
    return [...this.#outcomes.values()].flatMap((one) => (one.status === "overlap" ? [one.overlap] : []));
  }

  decisions(): readonly FileDecision[] {
    return this.#through().flatMap(({ slot, decisions }) => {
      const renamed: readonly MergeDecision[] =
        slot.renamedFrom === null ? [] : [{ rule: "R3", where: `renamed from ${slot.renamedFrom}` }];
      return [...renamed, ...decisions].map((decision) => ({ ...decision, path: slot.path }));
    });
  }

  #through(): readonly (SlotOutcome & { readonly status: "merged" })[] {
    return [...this.#outcomes.values()].filter((one) => one.status === "merged");
  }

  /** Whether a file that nobody renamed lies where a renamed one should go. */
  async #isTaken({ path, theirs, leaves, renamedFrom }: MergeSlot): Promise<boolean> {
    if (renamedFrom === null) return false;
    return !sameEntry(await readEntry(this.#source, this.#theirs, path), leaves === null ? theirs : null);
  }

  async #merged(slot: MergeSlot): Promise<SlotOutcome> {
    const { path, base, yours, theirs, ask } = slot;
    if (ask !== null) return overlapping(slot, ask, []);
    const isTakenAlong = base === null && yours === null;
    if (sameEntry(yours, theirs) || isTakenAlong) return through(slot, theirs, "R0");
    if (sameEntry(base, theirs)) return through(slot, yours, "R1");
    const files = {
      base: await this.#read(base),
      yours: await this.#read(yours),
      theirs: await this.#read(theirs),
    };
    const result = await this.#mergeFile({ path, ...files });
    if (result.status === "overlap") return overlapping(slot, result.rule, result.units);
    const blob = result.file === null ? null : newBlob(result.file, [files.base, files.yours, files.theirs]);
    const entry = result.file === null ? null : entryOf(result.file);
    return { status: "merged", slot, entry, blob, decisions: result.decisions };
  }

  async #read(entry: FileEntry | null): Promise<FileBytes | null> {
    if (entry === null) return null;
    const [bytes] = await this.#source.getMany([entry.blob]);
    if (bytes === undefined) throw missingObject("blob", entry.blob);
    return { bytes, mode: entry.mode };
  }
}

/** A rename that would meet another file is not made: theirs stays where it is, and somebody is asked. */
function stayingSlot(slot: MergeSlot): MergeSlot {
  return { ...slot, path: slot.leaves ?? slot.renamedFrom ?? slot.path, leaves: null, ask: "X4" };
}

function overlapping(slot: MergeSlot, rule: Overlap["rule"], units: Overlap["units"]): SlotOutcome {
  const { path, base, yours, theirs } = slot;
  return { status: "overlap", slot, overlap: { path, base, yours, theirs, rule, units } };
}

function through(slot: MergeSlot, entry: FileEntry | null, rule: "R0" | "R1"): SlotOutcome {
  return { status: "merged", slot, entry, blob: null, decisions: [{ rule, where: "" }] };
}

function entryOf(file: FileBytes): FileEntry {
  return { blob: blobId(file.bytes), mode: file.mode, size: file.bytes.length };
}

/** The blob of a merged file, unless it is that of one of the sides. */
function newBlob(file: FileBytes, sides: readonly (FileBytes | null)[]): NewObject | null {
  if (sides.some((side) => side?.bytes === file.bytes)) return null;
  const id: BlobId = blobId(file.bytes);
  return { kind: "blob", id, bytes: file.bytes };
}
