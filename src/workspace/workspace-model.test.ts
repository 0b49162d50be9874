/**
 * Random edits by others between, and in the middle of, the steps of stet. Promise P1 as a property: whatever
 * lay under a scanned path before a step, or was put there during it, is afterwards on disk or in the store.
 */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { watchedDisk } from "../../test/workspace/faulty-disk.ts";
import {
  disk,
  diskWithoutSwap,
  systemClock,
  systemRandom,
  type TemporaryProject,
  temporaryProject,
} from "../../test/workspace/temporary-place.ts";
import { TemporaryWorkspace, type Wanted } from "../../test/workspace/temporary-workspace.ts";
import type { Disk } from "./disk.ts";
import { settleAsides } from "./settle-asides.ts";

const paths = [
  "skills/a/SKILL.md",
  "skills/a/x/one.md",
  "skills/a/x/two.md",
  "skills/b/SKILL.md",
  "skills/b/x",
  "agents/c.md",
] as const;
/** In a folder that no edit removes: nobody but stet could touch it. */
const ignoredPath = "skills/.DS_Store";

type Edit =
  | { readonly kind: "write" | "replace" | "mode" | "delete" | "link"; readonly path: string }
  | { readonly kind: "folder-gone"; readonly path: string };

type Step =
  | { readonly kind: "edit"; readonly edit: Edit }
  | { readonly kind: "capture" | "recover" | "settle" }
  | {
      readonly kind: "write";
      readonly wanted: readonly { readonly path: string; readonly goes: boolean }[];
      readonly during: { readonly call: number; readonly edit: Edit } | null;
      readonly fault: number | null;
    };

const path = fc.constantFrom(...paths);
const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom("write", "write", "replace", "replace", "mode", "delete", "link", "folder-gone"),
  path,
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("edit" as const), edit }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("capture", "recover", "settle") }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("write" as const),
      wanted: fc.uniqueArray(fc.record({ path, goes: fc.boolean() }), {
        selector: (one) => one.path,
        minLength: 1,
      }),
      during: fc.option(fc.record({ call: fc.integer({ min: 1, max: 30 }), edit })),
      fault: fc.option(fc.integer({ min: 1, max: 40 })),
    }),
  },
);

/** The world outside: makes edits whose every text is new, and remembers what only it overwrote. */
class Outside {
  readonly #root: string;
  #count = 0;
  /** Texts that an edit itself destroyed: nobody can ask stet for them. */
  readonly destroyed = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  make(one: Edit): void {
    const file = join(this.#root, one.path);
    const text = `outside ${++this.#count}`;
    const there = lstatSync(file, { throwIfNoEntry: false });
    if (one.kind === "folder-gone") this.#removeFolder(dirname(file));
    else if (one.kind === "mode") {
      if (there?.isFile()) chmodSync(file, 0o700);
    } else if (there?.isDirectory()) this.#removeFolder(file);
    else {
      if (there !== undefined) this.#noteDestroyed(file);
      this.#put(one.kind, file, text);
    }
  }

  #put(kind: Edit["kind"], file: string, text: string): void {
    if (!makeFolders(dirname(file))) return;
    const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
    if (kind === "delete" || kind === "link" || isLink) rmSync(file, { force: true });
    if (kind === "link") symlinkSync(text, file);
    else if (kind === "write") writeFileSync(file, text);
    else if (kind === "replace") {
      writeFileSync(`${file}.tmp~`, text);
      renameSync(`${file}.tmp~`, file);
    }
  }

  #removeFolder(folder: string): void {
    if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    for (const text of textsBelow(folder)) this.destroyed.add(text);
    rmSync(folder, { recursive: true });
  }

  #noteDestroyed(file: string): void {
    const text = textOf(file);
    if (text !== null) this.destroyed.add(text);
  }
}

function makeFolders(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    return true;
  } catch {
    // A file lies where a folder would be: this edit does nothing.
    return false;
  }
}

function textOf(file: string): string | null {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  return stat?.isFile() ? readFileSync(file, "utf8") : null;
}

function textsBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}

function textsOnDisk(project: TemporaryProject): ReadonlySet<string> {
  return new Set(["skills", "agents"].flatMap((folder) => textsBelow(join(project.root, folder))));
}

class Run {
  readonly #project: TemporaryProject;
  readonly #outside: Outside;
  readonly #port: Disk;
  #round = 0;
  #isArmed = false;

  constructor(project: TemporaryProject, port: Disk) {
    this.#project = project;
    this.#outside = new Outside(project.root);
    this.#port = port;
  }

  async take(one: Step): Promise<void> {
    if (one.kind === "edit") this.#outside.make(one.edit);
    else await this.#step(one);
  }

  async #step(one: Exclude<Step, { kind: "edit" }>): Promise<void> {
    const before = textsOnDisk(this.#project);
    const seen = new Set(before);
    const workspace = await this.#open(one, seen);
    await using held = await workspace.lock();
    if (one.kind === "write") await this.#write(workspace, one, held);
    else if (one.kind === "recover") await workspace.recover(held);
    else if (one.kind === "capture") await workspace.capture();
    else {
      const { store, place } = workspace;
      const context = { store, disk, clock: systemClock, random: systemRandom };
      await settleAsides(context, place.checkout, { graceMicros: 0 });
    }
    await this.#check(workspace, seen);
    await workspace.store.close();
  }

  /** A workspace as a new process would open it, its history replayed into `present`. */
  async #open(one: Step, seen: Set<string>): Promise<TemporaryWorkspace> {
    let calls = 0;
    const during = one.kind === "write" ? one.during : null;
    const fault = one.kind === "write" ? one.fault : null;
    const port = watchedDisk(this.#port, (_call, at) => {
      if (!this.#isArmed || at.includes("/lock")) return undefined;
      calls++;
      if (during !== null && calls === during.call) {
        this.#outside.make(during.edit);
        for (const text of textsOnDisk(this.#project)) seen.add(text);
      }
      if (calls === fault) throw Object.assign(new Error("EIO: injected"), { code: "EIO" });
      return undefined;
    });
    const workspace = await TemporaryWorkspace.open(this.#project.project, { disk: port });
    const operations = await workspace.store.history.operations({ limit: 10_000 });
    for (const operation of [...operations].reverse()) {
      if (operation.details.raced === "true") continue;
      for (const { path: at, after } of operation.changes) {
        if (after === null) workspace.present.delete(at);
        else workspace.present.set(at, after);
      }
    }
    return workspace;
  }

  async #write(
    workspace: TemporaryWorkspace,
    one: Extract<Step, { kind: "write" }>,
    held: Awaited<ReturnType<TemporaryWorkspace["lock"]>>,
  ): Promise<void> {
    await workspace.recover(held);
    await workspace.capture();
    this.#round++;
    const wanted: Record<string, Wanted> = {};
    for (const { path: at, goes } of one.wanted) {
      if (clashes(at, Object.keys(wanted))) continue;
      if (goes && !workspace.present.has(at)) continue;
      wanted[at] = goes ? null : `stet ${this.#round} ${at}`;
    }
    this.#isArmed = true;
    try {
      await workspace.write(wanted, { lock: held });
    } catch (error) {
      // A refusal before anything was changed is an outcome like any other; what it left is checked.
      expect(error).toMatchObject({ code: "E-IO" });
    } finally {
      this.#isArmed = false;
    }
  }

  async #check(workspace: TemporaryWorkspace, seen: ReadonlySet<string>): Promise<void> {
    const now = textsOnDisk(this.#project);
    const staged = new Set(textsBelow(join(this.#project.root, "stet/.work/staging")));
    for (const text of seen) {
      if (now.has(text) || staged.has(text) || this.#outside.destroyed.has(text)) continue;
      expect(await workspace.keeps(text), `lost: ${text}`).toBe(true);
    }
    expect(readFileSync(join(this.#project.root, ignoredPath), "utf8")).toBe("ignored");
    expect((await workspace.store.history.verify()).problems).toEqual([]);
  }
}

/** Two wanted paths of which one is a folder of the other cannot both be. */
function clashes(one: string, others: readonly string[]): boolean {
  return others.some((other) => other.startsWith(`${one}/`) || one.startsWith(`${other}/`));
}

for (const [name, port] of [
  ["with a swap", disk],
  ["without a swap", diskWithoutSwap],
] as const) {
  test(`no byte is ever lost, whatever others do between and during the steps (${name})`, async () => {
    const property = fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      using project = temporaryProject();
      mkdirSync(join(project.root, "skills/a"), { recursive: true });
      writeFileSync(join(project.root, ignoredPath), "ignored");
      const run = new Run(project, port);
      for (const one of steps) await run.take(one);
    });
    await fc.assert(property, { numRuns: 100 });
  }, 300_000);
}
