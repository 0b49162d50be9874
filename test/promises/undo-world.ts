import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { createArtifact } from "../../src/app/create.ts";
import { saveEdited } from "../../src/app/edit.ts";
import type { CallerClaims, CallOptions } from "../../src/app/environment.ts";
import { initialise } from "../../src/app/init.ts";
import { removeArtifact } from "../../src/app/remove.ts";
import { restore } from "../../src/app/restore.ts";
import { save } from "../../src/app/save.ts";
import { sync } from "../../src/app/sync.ts";
import { redo, revert, undo } from "../../src/app/undo.ts";
import type { Actor } from "../../src/domain/actors.ts";
import { StetError } from "../../src/domain/errors.ts";
import type { FileEntry } from "../../src/domain/files.ts";
import type { Operation, PathChange } from "../../src/domain/operations.ts";
import { blobId } from "../../src/snapshot/hash.ts";
import { openStore } from "../../src/store/sqlite/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { makeWorld, treeOf, type World } from "../app/fixture.ts";
import { type Hash, type ModelChange, type ModelOperation, UndoModel } from "./undo-model.ts";

const actors = {
  ana: {},
  one: { agent: "claude-code", session: "one" },
  two: { agent: "claude-code", session: "two" },
} as const satisfies Record<string, CallerClaims>;
export type ActorName = keyof typeof actors;

/** Root files that edits go to, and artifacts that come and go. */
export const canonicalFiles = [
  ".agents/skills/reading/SKILL.md",
  ".agents/skills/reading/notes.md",
  ".agents/agents/reviewer.md",
  ".agents/commands/ship.md",
] as const;
const mainFiles = {
  "skill/reading": ".agents/skills/reading/SKILL.md",
  "agent/reviewer": ".agents/agents/reviewer.md",
  "command/ship": ".agents/commands/ship.md",
} as const;
export const artifacts = Object.keys(mainFiles) as readonly (keyof typeof mainFiles)[];
export type ArtifactName = keyof typeof mainFiles;

export type Reverse = "undo" | "redo" | "revert";

export function textOf(number: number): string {
  return `---\nname: thing\ndescription: does the thing in way ${number}\n---\n\nWay ${number}.\n`;
}

function hashOf(text: string): string {
  return blobId(new TextEncoder().encode(text));
}

/** A project with both runtimes and the model beside it; every command is done in both and compared. */
export class UndoWorld implements AsyncDisposable {
  readonly model = new UndoModel();
  readonly #world: World;
  readonly #store: Store;
  #sequence = 0;

  private constructor(world: World, store: Store) {
    this.#world = world;
    this.#store = store;
  }

  static async make(): Promise<UndoWorld> {
    const world = makeWorld();
    for (const [number, file] of canonicalFiles.entries()) world.write(file, textOf(-number - 1));
    for (const file of [".claude/settings.json", ".codex/config.toml"]) world.write(file, "");
    const { environment } = world;
    await initialise(environment, { yes: true, root: ".agents" });
    const store = await openStore({
      file: join(environment.storeFolder, "store.db"),
      clock: environment.clock,
      random: environment.random,
      transport: "inline",
    });
    const made = new UndoWorld(world, store);
    for (const [file, hash] of made.#tree()) made.model.disk.set(file, hash);
    for (const { kind, who, id } of await made.#newOperations()) {
      made.model.record({ id, who, kind, undoes: null, changes: made.model.edits() });
    }
    return made;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#store.close();
    this.#world.dispose();
  }

  /** Somebody writes a file, or removes it, and says nothing. */
  editDisk(file: string, text: string | null): void {
    const path = join(this.#world.project, file);
    if (text === null) {
      if (!this.model.disk.delete(file)) return;
      rmSync(path);
    } else {
      this.#world.write(file, text);
      this.model.disk.set(file, hashOf(text));
    }
  }

  async save(who: ActorName): Promise<void> {
    const changes = this.model.edits();
    await save(this.#world.environment, this.#call(who));
    await this.#expectNext(changes.length === 0 ? [] : [{ kind: "save", who, changes, undoes: null }]);
  }

  /** Submits a text for an artifact that was edited from what lay in its file `base`, or from the present. */
  async edit(who: ActorName, artifact: ArtifactName, number: number, base: Hash): Promise<void> {
    await this.#captured();
    const file = mainFiles[artifact];
    const theirs = this.model.history.get(file);
    if (theirs === undefined) return;
    const text = textOf(number);
    const yours = hashOf(text);
    const from = base ?? theirs;
    const input = { ...this.#call(who), artifact, base: from, text };
    await saveEdited(this.#world.environment, input);
    const isOneSided = theirs === from || theirs === yours || from === yours;
    const after = theirs === from ? yours : theirs;
    const changes = isOneSided && after !== theirs ? [{ file, before: theirs, after }] : [];
    if (isOneSided && changes.length === 0) return await this.#expectNext([]);
    const conflicts = isOneSided ? [] : [{ file, base: from, yours, theirs }];
    await this.#expectNext([{ kind: "save", who, changes, undoes: null }], conflicts);
  }

  async createOrRemove(who: ActorName, artifact: ArtifactName, number: number): Promise<void> {
    await this.#captured();
    const { environment } = this.#world;
    const folder = artifact === "skill/reading" ? ".agents/skills/reading/" : mainFiles[artifact];
    const present = [...this.model.history.keys()].filter((file) => file.startsWith(folder));
    if (present.length === 0) {
      const content = textOf(number);
      await createArtifact(environment, { ...this.#call(who), artifact, content });
      const changes = [{ file: mainFiles[artifact], before: null, after: hashOf(content) }];
      await this.#expectNext([{ kind: "save", who, changes, undoes: null }]);
    } else {
      await removeArtifact(environment, { ...this.#call(who), artifact, yes: true });
      const changes = present.map((file) => ({
        file,
        before: this.model.history.get(file) ?? null,
        after: null,
      }));
      await this.#expectNext([{ kind: "remove", who, changes, undoes: null }]);
    }
  }

  /** What a sync writes is not the model's business, but that its record is what it did is. */
  async sync(who: ActorName, direction: "both" | "push" | "pull"): Promise<void> {
    await this.#captured();
    await sync(this.#world.environment, { ...this.#call(who), direction });
    const { model } = this;
    for (const { who: author, kind, id, changes } of await this.#newOperations()) {
      expect({ author, kind }).toEqual({ author: who, kind: direction === "both" ? "sync" : direction });
      for (const { file, before } of changes) expect(model.disk.get(file) ?? null, file).toBe(before);
      const opened = await this.#openConflicts(id);
      model.record({ id, who, kind, undoes: null, changes }, opened);
    }
    await this.#compare();
  }

  /** Takes back what `pick` names, or what the model says comes next. Tells whether there was anything to do. */
  async reverse(
    who: ActorName,
    kind: Reverse,
    how: { readonly any?: boolean; readonly partial?: boolean; readonly pick?: number } = {},
  ): Promise<boolean> {
    const { model } = this;
    const { environment } = this.#world;
    const named = how.pick === undefined ? undefined : this.#picked(how.pick);
    const options = { ...this.#call(who), any: how.any ?? false, partial: how.partial ?? false };
    const captured = await this.#whileCapturing(async () => {
      if (kind === "redo") await redo(environment, options);
      else if (kind === "undo")
        await undo(environment, { ...options, ...(named ? { operation: named.id } : {}) });
      else if (named) await revert(environment, { ...options, operation: named.id });
    });
    const mine = options.any ? null : who;
    const taken =
      named ?? (kind === "redo" ? model.toRedo(mine) : model.toUndo(mine, captured.operation?.id ?? null));
    if (taken === undefined || taken.kind === "init") {
      expect(captured.error).toBe(taken === undefined ? "E-NOTHING-TO-UNDO" : "E-HORIZON");
      await this.#expectNext([], [], captured.more);
      return false;
    }
    const { changes, conflicts, edited } = model.reversal(taken);
    if (edited.length > 0 && how.partial !== true) {
      expect(captured.error).toBe("E-TARGET-AHEAD");
      for (const file of edited) expect(captured.where).toContain(file);
      await this.#expectNext([], [], captured.more);
      return false;
    }
    expect(captured.error).toBeNull();
    await this.#expectNext([{ kind, who, changes, undoes: taken.id }], conflicts, captured.more);
    return true;
  }

  /** Brings the whole root back to how it was after an operation, or before the edits that nobody saved. */
  async restore(who: ActorName, pick: number | null): Promise<void> {
    const { model } = this;
    const edits = model.edits();
    const last = model.log.at(-1);
    const to = pick === null ? last : this.#picked(pick);
    if (to === undefined) return;
    const at = pick === null ? {} : { at: to.id };
    const { more } = await this.#whileCapturing(async () => {
      await restore(this.#world.environment, { ...this.#call(who), ...at });
    });
    expect(model.edits(), `${edits.length} edits are kept first`).toEqual([]);
    const changes = model.restoration(to.id);
    await this.#expectNext(
      changes.length === 0 ? [] : [{ kind: "restore", who, changes, undoes: null }],
      [],
      more,
    );
  }

  /** Every byte string that an operation speaks of can be read, and the store is whole. */
  async checkStore(): Promise<void> {
    const { history } = this.#store;
    const all = await history.operations({ limit: 1000 });
    const entries = all.flatMap(({ changes }) => changes.flatMap(({ before, after }) => [before, after]));
    const found = await history.getMany([...new Set(entries.flatMap((one) => one?.blob ?? []))]);
    expect(found.includes(undefined)).toBe(false);
    expect((await history.verify()).problems).toEqual([]);
  }

  #call(who: ActorName): CallOptions {
    return { claims: actors[who] };
  }

  #picked(pick: number): ModelOperation | undefined {
    const { log } = this.model;
    return log[log.length - 1 - (pick % log.length)];
  }

  /** Any writing command first records the edits on disk: here one that has nothing else to do. */
  async #captured(): Promise<void> {
    if (this.model.edits().length === 0) return;
    await this.#whileCapturing(async () => {
      await sync(this.#world.environment, { direction: "push", targets: [], artifacts: ["skill/none"] });
    });
  }

  /** Runs a command; what it captured first goes into the model, what else it recorded is given back. */
  async #whileCapturing(command: () => Promise<void>) {
    const edits = this.model.edits();
    let error: string | null = null;
    let where = "";
    try {
      await command();
    } catch (caught) {
      if (!(caught instanceof StetError)) throw caught;
      error = caught.code;
      where = caught.where;
    }
    const [first, ...rest] = await this.#newOperations();
    if (edits.length === 0) return { error, where, operation: null, more: first ? [first, ...rest] : [] };
    expect(first).toMatchObject({ who: "unknown", kind: "capture", undoes: null });
    const operation = { ...this.#expected(first), changes: edits };
    expect(sorted(this.#expected(first).changes)).toEqual(sorted(edits));
    this.model.record(operation);
    return { error, where, operation, more: rest };
  }

  #expected(operation: ModelOperation | undefined): ModelOperation {
    if (operation === undefined) throw new Error("nothing was recorded");
    return operation;
  }

  async #expectNext(
    expected: readonly Omit<ModelOperation, "id">[],
    conflicts: Parameters<UndoModel["record"]>[1] = [],
    known?: readonly ModelOperation[],
  ): Promise<void> {
    const found = known ?? (await this.#newOperations());
    const shown = (one: Omit<ModelOperation, "id">) => ({
      kind: one.kind,
      who: one.who,
      undoes: one.undoes,
      changes: sorted(one.changes),
    });
    expect(found.map(shown)).toEqual(expected.map(shown));
    for (const operation of found) this.model.record(operation, conflicts);
    await this.#compare();
  }

  async #compare(): Promise<void> {
    expect(sortedEntries(this.#tree())).toEqual(sortedEntries(this.model.disk));
    const text = (one: object) => JSON.stringify(one);
    expect((await this.#openConflicts()).map(text).sort()).toEqual(this.model.conflicts.map(text).sort());
    await this.#expectBothSides();
  }

  /** Both sides of every conflict are readable for good (P4). */
  async #expectBothSides(): Promise<void> {
    const open = await this.#store.history.conflicts({ open: true });
    const blobs = open.flatMap(({ base, yours, theirs }) =>
      [base, yours, theirs].flatMap((one) => one?.blob ?? []),
    );
    const found = await this.#store.history.getMany(blobs);
    expect(found.includes(undefined)).toBe(false);
  }

  /** The open conflicts, or those of one operation. */
  async #openConflicts(openedBy?: string) {
    const open = await this.#store.history.conflicts({ open: true });
    const wanted = open.filter((one) => openedBy === undefined || one.openedBy === openedBy);
    return wanted.map(({ path, base, yours, theirs }) => ({
      file: `.agents/${path}`,
      base: base?.blob ?? null,
      yours: yours?.blob ?? null,
      theirs: theirs?.blob ?? null,
    }));
  }

  async #newOperations(): Promise<readonly ModelOperation[]> {
    const page = await this.#store.history.operations({ limit: 10 });
    const fresh = page.filter((one) => one.sequence > this.#sequence).reverse();
    this.#sequence = fresh.at(-1)?.sequence ?? this.#sequence;
    return fresh.map(modelOperation);
  }

  /** The files of the root and of both runtimes, without what belongs to stet or to the runtimes themselves. */
  #tree(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const [file, hash] of treeOf(this.#world.project)) {
      if (/^\.agents\/stet\/|settings\.json$|config\.toml$/.test(file)) continue;
      found.set(file, `sha256:${hash}`);
    }
    return found;
  }
}

function modelOperation({ id, actor, kind, undoes, changes }: Operation): ModelOperation {
  return { id, who: nameOf(actor), kind, undoes, changes: changes.map(modelChange) };
}

function nameOf(actor: Actor): string {
  return actor.session ?? actor.name;
}

function modelChange({ target, path, before, after }: PathChange): ModelChange {
  const hash = (entry: FileEntry | null): Hash => entry?.blob ?? null;
  return { file: target === null ? `.agents/${path}` : path, before: hash(before), after: hash(after) };
}

function sorted(changes: readonly ModelChange[]): readonly ModelChange[] {
  return changes
    .filter(({ file }) => !file.startsWith(".agents/stet/"))
    .toSorted((one, other) => (one.file < other.file ? -1 : 1));
}

function sortedEntries(files: ReadonlyMap<string, string>) {
  return [...files].sort(([one], [other]) => (one < other ? -1 : 1));
}
