import { join } from "node:path";
import { expect } from "vitest";
import { listConflicts } from "../../src/app/conflicts.ts";
import { createArtifact } from "../../src/app/create.ts";
import { openForEdit, saveEdited } from "../../src/app/edit.ts";
import type { Environment } from "../../src/app/environment.ts";
import { initialise } from "../../src/app/init.ts";
import { resolveConflict } from "../../src/app/resolve.ts";
import { StetError } from "../../src/domain/errors.ts";
import { type BlobId, parseHashId } from "../../src/domain/ids.ts";
import { blobId } from "../../src/snapshot/hash.ts";
import { openStore } from "../../src/store/sqlite/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { makeWorld, type World } from "../app/fixture.ts";
import { type DiskLook, DiskMess, lookAtDisk, type Mess, type MessyFile, messyFiles } from "./disk-mess.ts";

/** What a command that is given up leaves as it was. Any other error would be a defect. */
const refusals: ReadonlySet<string> = new Set([
  "E-NOTHING-TO-UNDO",
  "E-HORIZON",
  "E-TARGET-AHEAD",
  "E-NOT-FOUND",
  "E-EXISTS",
  "E-UNREADABLE",
  "E-MASS-LOSS",
  "E-INVALID",
]);
/** A project in disorder, and everything that must never be lost from it. */
export class Disorder implements AsyncDisposable {
  readonly #world: World;
  readonly #store: Store;
  readonly #mess: DiskMess;
  /** What was in the root at a successful look, or was submitted: history has it for good. */
  readonly #kept = new Set<string>();
  /** Everything that anybody ever wrote. */
  readonly #known = new Set<string>();
  /** What an editor had opened, by artifact. */
  readonly #opened = new Map<string, string>();

  private constructor(world: World, store: Store) {
    this.#world = world;
    this.#store = store;
    this.#mess = new DiskMess(world.project);
  }

  static async make(): Promise<Disorder> {
    const world = makeWorld();
    for (const file of messyFiles.slice(0, 7)) {
      world.write(file, `---\nname: thing\ndescription: first of ${file}\n---\n\nFirst.\n`);
    }
    world.write(".claude/settings.json", "{}\n");
    const { environment } = world;
    await initialise(environment, { yes: true, root: ".agents" });
    const store = await openStore({
      file: join(environment.storeFolder, "store.db"),
      clock: environment.clock,
      random: environment.random,
      transport: "inline",
    });
    const made = new Disorder(world, store);
    await made.run(async () => undefined);
    return made;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#mess[Symbol.dispose]();
    await this.#store.close();
    this.#world.dispose();
  }

  mess(mess: Mess, file: MessyFile, other: MessyFile): void {
    this.#mess.make(mess, file, other);
  }

  /** Another program writes a file again with other line ends and nothing else. */
  reformat(file: MessyFile): void {
    this.#world.write(file, this.#world.read(file).replaceAll("\n", "\r\n"));
  }

  hashOf(file: MessyFile): string | undefined {
    return lookAtDisk(this.#world.project).files.get(file);
  }

  /** Runs a command and holds what it left against what was there before it. */
  async run(command: (environment: Environment) => Promise<unknown>): Promise<void> {
    const { project } = this.#world;
    const before = lookAtDisk(project);
    for (const hash of before.files.values()) this.#known.add(hash);
    const error = await refusalOf(() => command(this.#world.environment));
    const after = lookAtDisk(project);
    if (error === null) {
      for (const hash of before.versioned) this.#kept.add(hash);
    } else {
      expect(visible(after), `${error} leaves the disk as it was`).toEqual(visible(before));
    }
    await this.#expectKept(before, after);
    this.#expectNothingNew(before, after);
  }

  /** Opens an artifact in an editor; what is saved from it later may be stale by then. */
  async open(artifact: string): Promise<void> {
    await this.run(async (environment) => {
      const { data } = await openForEdit(environment, { artifact });
      this.#opened.set(artifact, data.version);
    });
  }

  /** Saves what the editor made of it. The text is kept, whatever became of the artifact. */
  async saveOpened(artifact: string): Promise<void> {
    const base = this.#opened.get(artifact);
    if (base === undefined) return;
    const text = this.#submit();
    await this.run((environment) => saveEdited(environment, { artifact, base, text: text.text }));
    await this.#expectInHistory([text.hash]);
  }

  async create(artifact: string): Promise<void> {
    const text = this.#submit();
    await this.run((environment) => createArtifact(environment, { artifact, content: text.text }));
  }

  async settle(side: "yours" | "theirs"): Promise<void> {
    await this.run(async (environment) => {
      const { data } = await listConflicts(environment);
      const [first] = data.conflicts;
      if (first !== undefined)
        await resolveConflict(environment, { id: first.id, settlement: { by: "side", side, whole: false } });
    });
  }

  async verify(): Promise<void> {
    expect((await this.#store.history.verify()).problems).toEqual([]);
  }

  #submit(): { readonly text: string; readonly hash: string } {
    const text = this.#mess.text();
    const hash = blobId(new TextEncoder().encode(text));
    this.#known.add(hash);
    return { text, hash };
  }

  /** P1: what was on disk is there still, or in history; what a look took in is in history for good. */
  async #expectKept(before: DiskLook, after: DiskLook): Promise<void> {
    const onDisk = new Set(after.files.values());
    const replaced = [...before.files.values()].filter((hash) => !onDisk.has(hash));
    await this.#expectInHistory([...this.#kept, ...replaced]);
  }

  async #expectInHistory(hashes: readonly string[]): Promise<void> {
    const ids = [...new Set(hashes)].flatMap((hash) => parseHashId<BlobId>(hash) ?? []);
    const states = await this.#store.history.inspect(ids);
    const lost = ids.filter((_, position) => states[position]?.state !== "present");
    expect(lost, "lost").toEqual([]);
  }

  /** Nothing appears that nobody wrote, and nothing that stet needs for itself lies about. */
  #expectNothingNew(before: DiskLook, after: DiskLook): void {
    for (const [path, hash] of after.files) {
      if (before.files.get(path) === hash || path.startsWith(".agents/stet/.work/")) continue;
      expect(this.#known.has(hash), `${path} holds what nobody wrote`).toBe(true);
      expect(path, "litter").toMatch(/^(\.agents|\.claude)\/(skills|agents|commands)\/|^(.*\/)?AGENTS\.md$/);
    }
    const filled = new Set([...after.files.keys()].flatMap(foldersOf));
    const empty = [...after.folders].filter((one) => !before.folders.has(one) && !filled.has(one));
    expect(empty, "empty folders").toEqual([]);
    const staged = [...after.files.keys()].filter((one) => one.startsWith(".agents/stet/.work/staging/"));
    expect(staged.filter((one) => !one.endsWith(".aside"))).toEqual([]);
  }
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}

function visible(look: DiskLook): readonly (readonly [string, string])[] {
  return [...look.files].filter(([path]) => !path.startsWith(".agents/stet/.work/"));
}

async function refusalOf(command: () => Promise<unknown>): Promise<string | null> {
  try {
    await command();
    return null;
  } catch (error) {
    if (!(error instanceof StetError) || !refusals.has(error.code)) throw error;
    return error.code;
  }
}
