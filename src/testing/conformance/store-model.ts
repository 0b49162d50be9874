import type { ConflictId } from "../../domain/ids.ts";
import type { WriteBatch } from "../../store/history-store.ts";
import type { TestCommit } from "./test-history.ts";

/** What a store is, without any of what makes one hard: maps and lists. */
export class StoreModel {
  /** Bytes of every object, as text of their hex digits, by id. */
  readonly objects = new Map<string, string>();
  readonly refs = new Map<string, string>();
  readonly operations: WriteBatch["operation"][] = [];
  readonly pins = new Map<string, string>();
  readonly conflicts = new Map<ConflictId, "open" | "settled">();
  readonly commits: TestCommit[] = [];
  readonly batches: WriteBatch[] = [];

  /** The status that a write of this batch must have; `done` also changes the model. */
  write(batch: WriteBatch): "done" | "stale" | "incomplete" | "refused" {
    const { operation } = batch;
    if (this.operations.some(({ id }) => id === operation.id)) return "done";
    if (operation.refs.some(({ name, before }) => (this.refs.get(name) ?? null) !== before)) return "stale";
    if (this.#missesSomething(batch)) return "incomplete";
    if (this.#refuses(batch)) return "refused";
    for (const { id, bytes } of batch.objects) this.objects.set(id, Buffer.from(bytes).toString("hex"));
    for (const { name, after } of operation.refs) {
      if (after === null) this.refs.delete(name);
      else this.refs.set(name, after);
    }
    for (const name of batch.unpins) this.pins.delete(name);
    for (const { name, commit } of batch.pins) this.pins.set(name, commit);
    for (const { id } of batch.openConflicts) this.conflicts.set(id, "open");
    for (const id of batch.settleConflicts) this.conflicts.set(id, "settled");
    this.operations.push(operation);
    return "done";
  }

  /** Test commits come with their files; what can be absent is a parent, or a file that was left out. */
  #missesSomething(batch: WriteBatch): boolean {
    const there = new Set<string>([...this.objects.keys(), ...batch.objects.map(({ id }) => id)]);
    const commits = this.commits.filter(({ id }) => batch.objects.some((object) => object.id === id));
    const referred = [
      ...commits.flatMap((one) => [
        ...one.nodes.map(({ id }) => id),
        ...one.blobs.map(({ id }) => id),
        ...one.parents,
      ]),
      ...batch.operation.refs.flatMap(({ after }) => (after === null ? [] : [after])),
      ...batch.pins.map(({ commit }) => commit),
      ...batch.operation.changes.flatMap(({ before, after }) =>
        [before, after].flatMap((entry) => (entry === null ? [] : [entry.blob])),
      ),
    ];
    return referred.some((id) => !there.has(id));
  }

  #refuses(batch: WriteBatch): boolean {
    return (
      batch.unpins.some((name) => !this.pins.has(name)) ||
      batch.pins.some(({ name }) => this.pins.has(name)) ||
      batch.openConflicts.some(({ id }) => this.conflicts.has(id)) ||
      batch.settleConflicts.some((id) => this.conflicts.get(id) !== "open")
    );
  }
}
