import fc from "fast-check";
import { expect } from "vitest";
import type { WriteBatch } from "../../store/history-store.ts";
import type { Store } from "../../store/store.ts";
import type { StoreModel } from "./store-model.ts";
import type { SubjectCapabilities } from "./store-subject.ts";
import type { TestCommit, TestFiles } from "./test-history.ts";
import { type TestWorld, writeOne } from "./with-subject.ts";

/** What a command acts on: `store` is replaced when it is opened again. */
export type Real = Omit<TestWorld, "store"> & { store: Store };
type Command = fc.AsyncCommand<StoreModel, Real>;

const texts = fc.constantFrom("", "one\n", "two\n", "three\n".repeat(40), "four\n".repeat(41));
const files: fc.Arbitrary<TestFiles> = fc.dictionary(
  fc.constantFrom("a.md", "skills/pdf/SKILL.md", "skills/pdf/é.md", "b/c.md"),
  texts,
  { maxKeys: 4 },
);

/** Every command that the model test may run. */
export function storeCommands(capabilities: SubjectCapabilities): fc.Arbitrary<Command>[] {
  const commands: fc.Arbitrary<Command>[] = [
    fc.tuple(files, fc.boolean()).map(([edit, fresh]) => new Save(edit, fresh ? "head" : "old")),
    fc.tuple(files, fc.nat({ max: 5 })).map(([edit, leaveOut]) => new SaveIncomplete(edit, leaveOut)),
    files.map((edit) => new SaveOnUnwritten(edit)),
    fc.nat({ max: 40 }).map((index) => new Replay(index)),
    fc.constantFrom("v1", "v2", "v3").map((name) => new SetPin(name)),
    fc.constantFrom("v1", "v2", "v3").map((name) => new LiftPin(name)),
    fc.boolean().map((settle) => new Conflicts(settle)),
  ];
  if (capabilities.persistent) commands.push(fc.constant(new Reopen()));
  return commands;
}

abstract class StoreCommand implements Command {
  check(_model: Readonly<StoreModel>): boolean {
    return true;
  }

  abstract run(model: StoreModel, real: Real): Promise<void>;
  abstract toString(): string;

  /** Writes to both, and compares the outcome and everything that can be seen. */
  protected async write(model: StoreModel, real: Real, batch: WriteBatch): Promise<void> {
    const outcome = await writeOne(real.store, batch);
    const replayed = model.operations.some(({ id }) => id === batch.operation.id);
    expect(outcome.status).toBe(model.write(batch));
    if (outcome.status === "done") expect(outcome.replayed).toBe(replayed);
    model.batches.push(batch);
    await this.compare(model, real);
  }

  protected async compare(model: StoreModel, real: Real): Promise<void> {
    const { history } = real.store;
    const refs = await history.refs();
    expect(new Map(refs.map(({ name, commit }) => [name as string, commit as string]))).toEqual(model.refs);
    const operations = (await history.operations({ limit: 1000 })).toReversed();
    expect(operations).toMatchObject(model.operations);
    expect(operations).toHaveLength(model.operations.length);
    const pins = await history.pins(real.history.collection);
    expect(new Map(pins.map(({ name, commit }) => [name, commit as string]))).toEqual(model.pins);
    const conflicts = await history.conflicts({});
    expect(
      new Map(conflicts.map(({ id, settledBy }) => [id, settledBy === null ? "open" : "settled"])),
    ).toEqual(model.conflicts);
    const ids = model.commits.flatMap((one) => one.objects.map(({ id }) => id));
    const read = await history.getMany(ids);
    expect(read.map((bytes) => bytes && Buffer.from(bytes).toString("hex"))).toEqual(
      ids.map((id) => model.objects.get(id)),
    );
  }
}

function headOf(model: StoreModel, real: Real): TestCommit | null {
  const id = model.refs.get(real.history.main);
  return model.commits.find((one) => one.id === id) ?? null;
}

function commitOn(model: StoreModel, real: Real, edit: TestFiles, parent: TestCommit | null): TestCommit {
  const commit = real.history.commit(edit, parent === null ? [] : [parent.id], { message: "said" });
  model.commits.push(commit);
  return commit;
}

class Save extends StoreCommand {
  readonly #edit: TestFiles;
  readonly #base: "head" | "old";
  constructor(edit: TestFiles, base: "head" | "old") {
    super();
    this.#edit = edit;
    this.#base = base;
  }

  async run(model: StoreModel, real: Real): Promise<void> {
    const stored = model.commits.filter(({ id }) => model.objects.has(id));
    const base = this.#base === "head" ? headOf(model, real) : (stored[0] ?? null);
    const after = commitOn(model, real, this.#edit, base);
    await this.write(model, real, real.history.save(base, after, { message: "m", details: { key: "v" } }));
  }

  override toString(): string {
    return `save(${JSON.stringify(this.#edit)}, on ${this.#base})`;
  }
}

class SaveIncomplete extends StoreCommand {
  readonly #edit: TestFiles;
  readonly #leaveOut: number;
  constructor(edit: TestFiles, leaveOut: number) {
    super();
    this.#edit = edit;
    this.#leaveOut = leaveOut;
  }

  async run(model: StoreModel, real: Real): Promise<void> {
    const base = headOf(model, real);
    const after = commitOn(model, real, this.#edit, base);
    const batch = real.history.save(base, after);
    await this.write(model, real, { ...batch, objects: batch.objects.toSpliced(this.#leaveOut, 1) });
  }

  override toString(): string {
    return `save(${JSON.stringify(this.#edit)}, without object ${this.#leaveOut})`;
  }
}

class SaveOnUnwritten extends StoreCommand {
  readonly #edit: TestFiles;
  constructor(edit: TestFiles) {
    super();
    this.#edit = edit;
  }

  async run(model: StoreModel, real: Real): Promise<void> {
    const unwritten = real.history.commit({ "lost.md": "never written" }, []);
    const after = real.history.commit(this.#edit, [unwritten.id]);
    model.commits.push(after);
    const head = headOf(model, real);
    await this.write(model, real, real.history.save(head, after));
  }

  override toString(): string {
    return `save(${JSON.stringify(this.#edit)}, on a commit that was never written)`;
  }
}

class Replay extends StoreCommand {
  readonly #index: number;
  constructor(index: number) {
    super();
    this.#index = index;
  }

  override check(model: Readonly<StoreModel>): boolean {
    return model.batches.length > 0;
  }

  async run(model: StoreModel, real: Real): Promise<void> {
    const batch = model.batches[this.#index % model.batches.length];
    if (batch !== undefined) await this.write(model, real, batch);
  }

  override toString(): string {
    return `replay(${this.#index})`;
  }
}

class SetPin extends StoreCommand {
  readonly #name: string;
  constructor(name: string) {
    super();
    this.#name = name;
  }

  override check(model: Readonly<StoreModel>): boolean {
    return model.commits.length > 0;
  }

  async run(model: StoreModel, real: Real): Promise<void> {
    const commit = model.commits.at(-1);
    if (commit === undefined) return;
    const { collection } = real.history;
    const pin = {
      name: this.#name,
      collection,
      commit: commit.id,
      operation: real.history.operationId(),
      note: "n",
    };
    await this.write(model, real, real.history.batch({ pins: [pin], operation: { kind: "pin" } }));
  }

  override toString(): string {
    return `pin(${this.#name})`;
  }
}

class LiftPin extends StoreCommand {
  readonly #name: string;
  constructor(name: string) {
    super();
    this.#name = name;
  }

  async run(model: StoreModel, real: Real): Promise<void> {
    await this.write(model, real, real.history.batch({ unpins: [this.#name], operation: { kind: "unpin" } }));
  }

  override toString(): string {
    return `unpin(${this.#name})`;
  }
}

class Conflicts extends StoreCommand {
  readonly #settle: boolean;
  constructor(settle: boolean) {
    super();
    this.#settle = settle;
  }

  async run(model: StoreModel, real: Real): Promise<void> {
    const known = [...model.conflicts.keys()].slice(0, 1);
    const batch = this.#settle
      ? { settleConflicts: known }
      : { openConflicts: [real.history.conflict("a.md")] };
    await this.write(model, real, real.history.batch(batch));
  }

  override toString(): string {
    return this.#settle ? "settle()" : "conflict()";
  }
}

class Reopen extends StoreCommand {
  async run(model: StoreModel, real: Real): Promise<void> {
    real.store = await real.reopen();
    await this.compare(model, real);
  }

  override toString(): string {
    return "reopen()";
  }
}
