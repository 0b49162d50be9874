import { unknownActor } from "../../src/domain/actors.ts";
import { regularMode } from "../../src/domain/files.ts";
import { type CollectionId, type CommitId, randomId } from "../../src/domain/ids.ts";
import type { RefName } from "../../src/domain/operations.ts";
import { pathOf } from "../../src/domain/paths.ts";
import { emptySnapshot } from "../../src/snapshot/build-snapshot.ts";
import { decodeCommit, encodeCommit } from "../../src/snapshot/commit.ts";
import { editSnapshot } from "../../src/snapshot/edit-snapshot.ts";
import { blobId } from "../../src/snapshot/hash.ts";
import type { ObjectSource } from "../../src/snapshot/object-source.ts";
import { overlaySource } from "../../src/snapshot/overlay-source.ts";
import type { WriteBatch } from "../../src/store/history-store.ts";
import { RefWriter } from "../../src/store/ref-writer.ts";
import type { Store } from "../../src/store/store.ts";
import { systemClock, systemRandom } from "../workspace/temporary-place.ts";

/** Saves of single files through the library alone: no disk but the store's, no scan, no description. */
export class SavedSkills {
  readonly store: Store;
  readonly collection: CollectionId;
  readonly ref: RefName;
  readonly #writer: RefWriter;

  constructor(store: Store, collection: CollectionId = randomId("collection", systemRandom(20))) {
    this.store = store;
    this.collection = collection;
    this.ref = `${collection}/heads/main`;
    this.#writer = new RefWriter(store);
  }

  /** Saves one version of a skill's main file. Throws where it was not recorded. */
  async save(name: string, text: string): Promise<void> {
    const outcome = await this.#writer.save<never>({
      ref: this.ref,
      build: (head, source) => this.#batch(head, source, name, text),
    });
    if (outcome.status === "written" && outcome.outcome.status === "done") return;
    throw new Error(`a save was not recorded: ${JSON.stringify(outcome)}`);
  }

  async #batch(head: CommitId | null, source: ObjectSource, name: string, text: string): Promise<WriteBatch> {
    const bytes = new TextEncoder().encode(text);
    const after = { blob: blobId(bytes), mode: regularMode, size: bytes.length };
    const path = pathOf(`skills/${name}/SKILL.md`);
    const overlay = overlaySource(emptySnapshot().nodes, source);
    const tree = await editSnapshot(overlay, await snapshotAt(source, head), new Map([[path, after]]));
    const commit = encodeCommit(
      {
        snapshot: tree.id,
        parents: head === null ? [] : [head],
        author: { name: "bench", kind: "person" },
        agentId: null,
        modelId: null,
        toolchainId: null,
        promptHash: null,
        session: null,
        message: null,
        committedAt: systemClock.now(),
        branch: "main",
        semVerBump: null,
        breakingChanges: [],
        metadata: {},
        structuredDelta: [],
      },
      systemRandom(16),
    );
    const change = { collection: this.collection, path, target: null, artifact: `skill/${name}`, after };
    return {
      objects: [{ kind: "blob", id: after.blob, bytes }, ...tree.nodes, { kind: "commit", ...commit }],
      operation: {
        id: randomId("operation", systemRandom(20)),
        collections: [this.collection],
        actor: unknownActor,
        kind: "save",
        reason: null,
        message: null,
        refs: [{ name: this.ref, before: head, after: commit.id }],
        changes: [{ ...change, before: null }],
        undoes: null,
        group: null,
        details: {},
      },
      openConflicts: [],
      settleConflicts: [],
      pins: [],
      unpins: [],
    };
  }

  /** Throws unless each of the texts was saved once, and nothing else. */
  async requireSaved(texts: readonly string[]): Promise<void> {
    const operations = await this.store.history.operations({
      collection: this.collection,
      limit: texts.length + 1,
    });
    const blobs = operations.flatMap(({ changes }) => changes.flatMap(({ after }) => after?.blob ?? []));
    const found = await this.store.history.getMany(blobs);
    const saved = found.map((bytes) => new TextDecoder().decode(bytes)).sort();
    const wanted = [...texts].sort();
    if (saved.length !== wanted.length || saved.some((text, index) => text !== wanted[index])) {
      throw new Error(`${saved.length} saves on record do not hold the ${wanted.length} texts`);
    }
    for (const [index, { at }] of operations.entries()) {
      const older = operations[index + 1];
      if (older !== undefined && older.at >= at) throw new Error("time does not increase along the log");
    }
  }
}

async function snapshotAt(source: ObjectSource, head: CommitId | null) {
  if (head === null) return emptySnapshot().id;
  const [bytes] = await source.getMany([head]);
  if (bytes === undefined) throw new Error(`${head} is not there`);
  return decodeCommit(bytes, null).fields.snapshot;
}
