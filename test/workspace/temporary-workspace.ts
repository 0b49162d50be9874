import { lstatSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { unknownActor } from "../../src/domain/actors.ts";
import { type FileEntry, regularMode } from "../../src/domain/files.ts";
import {
  type BlobId,
  type CheckoutId,
  type CollectionId,
  type OperationId,
  randomId,
} from "../../src/domain/ids.ts";
import type { OperationKind, RefMove } from "../../src/domain/operations.ts";
import { blobId } from "../../src/snapshot/hash.ts";
import type { NewObject } from "../../src/snapshot/object-source.ts";
import type { WriteBatch } from "../../src/store/history-store.ts";
import { openStore } from "../../src/store/sqlite/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { captureChanges } from "../../src/workspace/capture.ts";
import type { Disk } from "../../src/workspace/disk.ts";
import type { DiskChange, DiskOutcome } from "../../src/workspace/disk-change.ts";
import { lockPlaces, type PlacesLock } from "../../src/workspace/lock.ts";
import type { Place } from "../../src/workspace/place.ts";
import { readScanned } from "../../src/workspace/read-scanned.ts";
import { type Recovery, recover } from "../../src/workspace/recover.ts";
import { scanPlace } from "../../src/workspace/scan.ts";
import { performDiskOperation } from "../../src/workspace/write-files.ts";
import { disk as realDisk, rootPlace, systemClock, systemRandom } from "./temporary-place.ts";

const textBytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export function entryOf(content: string | Uint8Array, mode = regularMode): FileEntry {
  const bytes = typeof content === "string" ? textBytes(content) : content;
  return { blob: blobId(bytes), mode, size: bytes.length };
}

/** What is wanted under a path: its text, a file with a mode, or null for nothing. */
export type Wanted = string | { readonly text: string; readonly mode: number } | null;

function wantedEntry(wanted: Wanted): FileEntry | null {
  if (wanted === null) return null;
  return typeof wanted === "string" ? entryOf(wanted) : entryOf(wanted.text, wanted.mode);
}

function wantedText(wanted: Wanted): string | null {
  return wanted === null || typeof wanted === "string" ? wanted : wanted.text;
}

/**
 * One root with a store of its own, and the least that stands in for the application: `present` is what its
 * history holds under each path.
 */
export class TemporaryWorkspace {
  readonly store: Store;
  readonly disk: Disk;
  readonly place: Place;
  readonly collection: CollectionId;
  readonly present = new Map<string, FileEntry>();

  private constructor(store: Store, disk: Disk, place: Place, collection: CollectionId) {
    this.store = store;
    this.disk = disk;
    this.place = place;
    this.collection = collection;
  }

  /** Opens the workspace of a project folder; the same again in another process or after an end. */
  static async open(
    project: string,
    options: { readonly disk?: Disk; readonly wrap?: (store: Store) => Store } = {},
  ): Promise<TemporaryWorkspace> {
    const root = join(project, ".agents");
    mkdirSync(join(root, "skills"), { recursive: true });
    const store = await openStore({
      file: join(project, ".home", "store.db"),
      clock: systemClock,
      random: systemRandom,
      transport: "inline",
    });
    const known = (await store.checkouts.checkouts())[0];
    const checkout: CheckoutId = known?.id ?? randomId("checkout", systemRandom(20));
    const collection: CollectionId = known?.collection ?? randomId("collection", systemRandom(20));
    if (known === undefined) await register(store, { checkout, collection, project, root });
    const wrapped = options.wrap?.(store) ?? store;
    return new TemporaryWorkspace(
      wrapped,
      options.disk ?? realDisk,
      rootPlace(project, root, checkout),
      collection,
    );
  }

  lock(): Promise<PlacesLock> {
    const holder = { processId: process.pid, host: "test", command: "test" };
    return lockPlaces({ disk: this.disk, places: [this.place], holder, random: systemRandom });
  }

  batch(
    kind: OperationKind,
    changes: readonly { path: string; before: FileEntry | null; after: FileEntry | null }[],
    objects: readonly NewObject[],
    more: { readonly id?: OperationId; readonly refs?: readonly RefMove[] } = {},
  ): WriteBatch {
    const { collection } = this;
    return {
      objects,
      operation: {
        id: more.id ?? randomId("operation", systemRandom(20)),
        collections: [collection],
        actor: unknownActor,
        kind,
        reason: null,
        message: null,
        refs: more.refs ?? [],
        changes: changes.map((change) => ({ ...change, collection, target: null, artifact: null })),
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

  /** Records what changed on disk; the caller holds the lock. Gives the paths. */
  async capture(): Promise<readonly string[]> {
    const { store, disk, place, present } = this;
    const index = await store.checkouts.index(place.checkout, place.name);
    const scan = await scanPlace({ disk, place, index, clock: systemClock });
    const { changes, index: entries } = captureChanges(scan, present, { lossConfirmed: true });
    const local = { index: [{ checkout: place.checkout, place: place.name, ...entries }] };
    const blobs = changes.flatMap(({ path, after }): NewObject[] => {
      const bytes = after === null ? undefined : readScanned(disk, scan, path);
      return after === null || bytes === undefined ? [] : [{ kind: "blob", id: after.blob, bytes }];
    });
    if (changes.length > 0) {
      const { outcomes } = await store.write([this.batch("capture", changes, blobs)], { local, whole: true });
      if (outcomes[0]?.status !== "done") throw new Error(`capture: ${JSON.stringify(outcomes)}`);
    } else await store.checkouts.apply(local, { durable: false });
    for (const { path, after } of changes) {
      if (after === null) present.delete(path);
      else present.set(path, after);
    }
    return changes.map((one) => one.path);
  }

  /** Brings paths to what is wanted, as one operation. Assumes of the disk what history says of it. */
  async write(
    wanted: Readonly<Record<string, Wanted>>,
    more: {
      readonly id?: OperationId;
      readonly lock?: PlacesLock;
      readonly refs?: readonly RefMove[];
      readonly interrupt?: AbortSignal;
    } = {},
  ): Promise<DiskOutcome> {
    const held = more.lock ?? (await this.lock());
    try {
      const changes = Object.entries(wanted).map(([path, one]) => ({
        path,
        before: this.present.get(path) ?? null,
        after: wantedEntry(one),
      }));
      const texts = Object.values(wanted).flatMap((one) => wantedText(one) ?? []);
      const blobs = new Map(texts.map((text) => [blobId(textBytes(text)), textBytes(text)]));
      const objects = [...blobs].map(([id, bytes]): NewObject => ({ kind: "blob", id, bytes }));
      const outcome = await performDiskOperation({
        store: this.store,
        disk: this.disk,
        clock: systemClock,
        random: systemRandom,
        lock: held,
        interrupt: more.interrupt,
        batches: [this.batch("sync", changes, objects, more)],
        changes: changes.map((change): DiskChange => ({ ...change, place: this.place })),
        readBlobs: async (ids: readonly BlobId[]) => ids.map((id) => blobs.get(id)),
      });
      if (outcome.status === "done") {
        for (const { path, after } of changes) {
          if (after === null) this.present.delete(path);
          else this.present.set(path, after);
        }
      }
      return outcome;
    } finally {
      if (more.lock === undefined) held.release();
    }
  }

  async recover(lock?: PlacesLock): Promise<Recovery> {
    const held = lock ?? (await this.lock());
    try {
      const { store, disk } = this;
      return await recover({ store, disk, clock: systemClock, random: systemRandom, lock: held });
    } finally {
      if (lock === undefined) held.release();
    }
  }

  /** Whether the store has a blob with this content. */
  async keeps(content: string | Uint8Array): Promise<boolean> {
    const [state] = await this.store.history.inspect([entryOf(content).blob]);
    return state?.state === "present";
  }
}

async function register(
  store: Store,
  made: { checkout: CheckoutId; collection: CollectionId; project: string; root: string },
): Promise<void> {
  const stat = lstatSync(made.root, { bigint: true });
  const checkout = {
    id: made.checkout,
    collection: made.collection,
    name: "test",
    base: made.project,
    root: made.root,
    device: `${stat.dev}`,
    inode: `${stat.ino}`,
    branch: "main",
    materialised: null,
    gitHead: null,
  };
  await store.checkouts.apply({ checkouts: [checkout] }, { durable: true });
}
