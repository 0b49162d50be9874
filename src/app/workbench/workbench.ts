import { accessSync, constants, existsSync } from "node:fs";
import { join } from "node:path";
import type { Actor } from "../../domain/actors.ts";
import type { Conflict } from "../../domain/conflicts.ts";
import { invariant, StetError } from "../../domain/errors.ts";
import {
  type BlobId,
  type CollectionId,
  type CommitId,
  type OperationId,
  randomId,
} from "../../domain/ids.ts";
import type { RefName } from "../../domain/operations.ts";
import type { CollectionPath } from "../../domain/paths.ts";
import type { Checkout } from "../../store/checkout-store.ts";
import { openStore } from "../../store/sqlite/open-store.ts";
import type { Store } from "../../store/store.ts";
import type { Disk } from "../../workspace/disk.ts";
import type { PlacesLock } from "../../workspace/lock.ts";
import { nodeDisk } from "../../workspace/node-disk.ts";
import type { Place } from "../../workspace/place.ts";
import type { CallOptions, Environment, Scope } from "../environment.ts";
import type { Notice } from "../outcomes.ts";
import { callingActor } from "./actor.ts";
import { findCheckout, goneCheckout, goneRoot, notJoined } from "./find-checkout.ts";
import { joinCheckout } from "./join-checkout.ts";
import { type Located, locateCollection } from "./locate.ts";
import { type Present, presentAround, presentAt } from "./present.ts";
import { rootPlace } from "./root-place.ts";

/** One opened collection at one place on disk: what every use case works on. */
export class Workbench {
  readonly environment: Environment;
  readonly store: Store;
  readonly disk: Disk;
  readonly located: Located;
  readonly actor: Actor;
  readonly root: Place;
  readonly notices: Notice[] = [];
  /** Whether the store can only be read here: a sandbox, or a folder that is somebody else's. */
  readonly isReadOnly: boolean;
  /** What the checkout had on disk when it was opened, before this command captured anything. */
  readonly openedAt: CommitId | null;
  /** Artifacts with a file that kept changing while it was read just now: not to be carried anywhere. */
  readonly unsettled = new Set<string>();
  #checkout: Checkout;
  #present: Present | null = null;
  #lock: PlacesLock | null = null;
  #chosen: OperationId | null = null;

  constructor(parts: {
    readonly environment: Environment;
    readonly store: Store;
    readonly disk: Disk;
    readonly located: Located;
    readonly actor: Actor;
    readonly checkout: Checkout;
    readonly isReadOnly: boolean;
  }) {
    this.environment = parts.environment;
    this.store = parts.store;
    this.disk = parts.disk;
    this.located = parts.located;
    this.actor = parts.actor;
    this.isReadOnly = parts.isReadOnly;
    this.openedAt = parts.checkout.materialised;
    this.#checkout = parts.checkout;
    this.root = rootPlace(parts.checkout, parts.located.scope);
  }

  get checkout(): Checkout {
    return this.#checkout;
  }

  get collection(): CollectionId {
    return this.#checkout.collection;
  }

  /** The branch that the checkout is on. */
  get branchRef(): RefName {
    return `${this.collection}/heads/${this.#checkout.branch}`;
  }

  /** What the checkout has on disk. */
  get checkoutRef(): RefName {
    return `${this.collection}/checkouts/${this.#checkout.id}`;
  }

  /** The files that this checkout has materialised, as history knows them. */
  async present(): Promise<Present> {
    this.#present ??= await presentAt(this.store, this.#checkout.materialised);
    return this.#present;
  }

  /** What is present, as far as `presentAround` reads it for these paths; what was read already is not read again. */
  async presentAround(paths: Iterable<CollectionPath>): Promise<Present> {
    return this.#present ?? (await presentAround(this.store, this.#checkout.materialised, paths));
  }

  /** From here on, what is present is what was there at that commit: for reading only. */
  async lookBackTo(commit: CommitId | null): Promise<void> {
    this.#present = await presentAt(this.store, commit);
  }

  /** Fingerprints of findings that the collection lets pass. */
  get allowedSecrets(): ReadonlySet<string> {
    return new Set(this.located.file.allow.map((one) => one.fingerprint));
  }

  /** The lock that a writing use case holds. Stops where none is held: nothing is put on disk without it. */
  get lock(): PlacesLock {
    invariant(this.#lock !== null, "the checkout is written without its lock");
    return this.#lock;
  }

  holdLock(lock: PlacesLock): void {
    this.#lock = lock;
  }

  /** The caller's own operation, which is the next that is recorded, gets this id; null for a new one. */
  chooseOperation(id: OperationId | null): void {
    this.#chosen = id;
  }

  /** The id of the operation that is about to be recorded. */
  nextOperation(): OperationId {
    const id = this.#chosen ?? randomId("operation", this.environment.random(20));
    this.#chosen = null;
    return id;
  }

  /** Takes note that the checkout stands elsewhere now. */
  moveTo(checkout: Checkout): void {
    this.#checkout = checkout;
    this.#present = null;
  }

  /** Takes note of the commit that git's HEAD is at; it is written with the next change of the checkout. */
  noteGitHead(commit: string | null): void {
    this.#checkout = { ...this.#checkout, gitHead: commit };
  }

  /** Reads the checkout again: recovery, or whoever held the lock before, may have moved it. */
  async refresh(): Promise<void> {
    const found = (await this.store.checkouts.checkouts()).find((one) => one.id === this.#checkout.id);
    if (found === undefined) return;
    const { materialised, branch } = this.#checkout;
    if (found.materialised !== materialised || found.branch !== branch) this.moveTo(found);
  }

  movedCheckout(commit: CommitId, branch: string = this.#checkout.branch): Checkout {
    return { ...this.#checkout, materialised: commit, branch };
  }

  async openConflicts(): Promise<readonly Conflict[]> {
    return await this.store.history.conflicts({ collection: this.collection, open: true });
  }

  readonly readBlob = async (id: BlobId): Promise<Uint8Array | undefined> => {
    const [bytes] = await this.store.history.getMany([id]);
    return bytes;
  };

  notice(code: string, text: string): void {
    if (!this.notices.some((one) => one.code === code && one.text === text))
      this.notices.push({ code, text });
  }
}

/** Opens the store of the environment for writing; one that is lent is open already, and stays so. */
export async function openUserStore(environment: Environment, readOnly = false): Promise<Store> {
  if (environment.lent !== undefined) return { ...environment.lent, close: async () => {} };
  return await openStore({
    file: join(environment.storeFolder, "store.db"),
    clock: environment.clock,
    random: environment.random,
    transport: "inline",
    readOnly,
  });
}

/** Opens the store to look something up; null where there is none yet: looking never makes one. */
export async function openExistingStore(environment: Environment): Promise<Store | null> {
  if (!existsSync(join(environment.storeFolder, "store.db"))) return null;
  return (await openToRead(environment)).store;
}

/** Opens the store to read: where it cannot be written, read-only. */
async function openToRead(
  environment: Environment,
): Promise<{ readonly store: Store; readonly isReadOnly: boolean }> {
  // SQLite opens a file that it cannot write without a word, and fails at the first write.
  if (cannotBeWritten(environment)) {
    return { store: await openUserStore(environment, true), isReadOnly: true };
  }
  try {
    return { store: await openUserStore(environment), isReadOnly: false };
  } catch (error) {
    if (!(error instanceof StetError) || error.code !== "E-PERMISSION") throw error;
    return { store: await openUserStore(environment, true), isReadOnly: true };
  }
}

function cannotBeWritten({ storeFolder }: Environment): boolean {
  try {
    for (const path of [storeFolder, join(storeFolder, "store.db")]) {
      if (existsSync(path)) accessSync(path, constants.W_OK);
    }
    return false;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    return code === "EROFS" || code === "EACCES" || code === "EPERM";
  }
}

/**
 * Opens the collection that the working folder belongs to, works on it, and closes the store again.
 * Throws E-NO-COLLECTION where there is none, E-DETACHED and E-FOREIGN-COLLECTION where it has to be joined first.
 */
export async function onWorkbench<Result>(
  environment: Environment,
  options: CallOptions & { readonly reads?: boolean; readonly disk?: Disk },
  work: (bench: Workbench) => Promise<Result>,
): Promise<Result> {
  const located = await locateCollection(environment, options.scope ?? "project");
  if (located === null) throw await noCollection(environment, options.scope ?? "project");
  const opened = options.reads
    ? await openToRead(environment)
    : { store: await openUserStore(environment), isReadOnly: false };
  try {
    const disk = options.disk ?? nodeDisk({ platform: environment.platform });
    const checkout = await checkoutOf(environment, { ...opened, disk }, located, options);
    const actor = callingActor(environment, options.claims);
    return await work(new Workbench({ environment, ...opened, disk, located, actor, checkout }));
  } finally {
    await opened.store.close();
  }
}

/** The checkout of a folder. Another working tree of a known git repository is joined without asking. */
async function checkoutOf(
  environment: Environment,
  opened: { readonly store: Store; readonly disk: Disk; readonly isReadOnly: boolean },
  located: Located,
  options: CallOptions,
): Promise<Checkout> {
  const { store, disk, isReadOnly } = opened;
  const found = await findCheckout(store, disk, located);
  if (found.status === "known") return found.checkout;
  if (found.status !== "worktree" || isReadOnly) throw notJoined(located, found);
  const { sibling } = found;
  const join = { sibling, why: "worktree", options };
  return (await joinCheckout(environment, store, disk, located, join)).checkout;
}

/** The checkout whose root should be here and is not. */
async function findGone(environment: Environment, scope: Scope): Promise<Checkout | null> {
  const store = await openExistingStore(environment);
  if (store === null) return null;
  try {
    return await goneCheckout(store, environment, scope);
  } finally {
    await store.close();
  }
}

/** Why there is nothing to work on: no collection, or one whose root is gone. */
export async function noCollection(environment: Environment, scope: Scope): Promise<StetError> {
  const gone = await findGone(environment, scope);
  if (gone !== null) return goneRoot(gone);
  return new StetError({
    code: "E-NO-COLLECTION",
    what: "There is no collection here yet.",
    where: environment.workingFolder,
    why: "Neither this folder nor one above it has a collection file.",
    kept: "Nothing was written.",
    fixes: [{ cmd: "stet init", summary: "show a plan; nothing is written until you confirm" }],
  });
}
