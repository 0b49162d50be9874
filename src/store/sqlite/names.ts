import type { Actor } from "../../domain/actors.ts";
import { decodeCanonical, encodeCanonical } from "../../snapshot/canonical-cbor.ts";
import { decodeActor, encodeActor } from "../actor-value.ts";
import type { Database } from "./database.ts";
import { KnownObjects } from "./known-objects.ts";
import { blob, damagedRow, integer, text } from "./row.ts";

/** Where a change took place: what repeats in every change of one file. */
export interface PlaceKey {
  readonly collection: string;
  readonly path: string;
  readonly target: string | null;
  readonly artifact: string | null;
}

/**
 * What repeats (texts, places, actors), stored once and known by a small number.
 *
 * Invariant: a number that this process remembers is committed. Rows are never changed or removed, so what other
 * processes do makes no memory stale; after a transaction that was taken back, `forget` drops them all.
 */
export class Names {
  /** Remembered and forgotten together with the names. */
  readonly objects: KnownObjects;
  readonly #database: Database;
  readonly #texts = new Map<string, number>();
  readonly #textsByNumber = new Map<number, string>();
  readonly #places = new Map<string, number>();
  readonly #actors = new Map<string, number>();
  readonly #actorsByNumber = new Map<number, Actor>();

  constructor(database: Database) {
    this.#database = database;
    this.objects = new KnownObjects(database);
  }

  /** After a transaction was taken back, its numbers may be given to something else. */
  forget(): void {
    this.objects.forget();
    this.#texts.clear();
    this.#textsByNumber.clear();
    this.#places.clear();
    this.#actors.clear();
    this.#actorsByNumber.clear();
  }

  /** The number of a text, under the write lock. */
  text(value: string): number {
    const found = this.findText(value);
    if (found !== undefined) return found;
    return this.#remember(this.#texts, value, () =>
      this.#database.insert("INSERT INTO text (value) VALUES (?)", value),
    );
  }

  /** The number of a text that is there already. */
  findText(value: string): number | undefined {
    const known = this.#texts.get(value);
    if (known !== undefined) return known;
    const row = this.#database.get("SELECT n FROM text WHERE value = ?", value);
    return row === undefined ? undefined : this.#remember(this.#texts, value, () => integer(row, "n"));
  }

  textOf(n: number): string {
    const known = this.#textsByNumber.get(n);
    if (known !== undefined) return known;
    const row = this.#database.get("SELECT value FROM text WHERE n = ?", n);
    if (row === undefined) throw damagedRow(`text ${n}`, "anything");
    const value = text(row, "value");
    if (this.#textsByNumber.size > 100_000) this.#textsByNumber.clear();
    this.#textsByNumber.set(n, value);
    return value;
  }

  place(key: PlaceKey): number {
    const memory = JSON.stringify([key.collection, key.path, key.target, key.artifact]);
    return this.#remember(this.#places, memory, () => {
      const cells = [
        this.text(key.collection),
        key.path,
        key.target === null ? 0 : this.text(key.target),
        key.artifact === null ? 0 : this.text(key.artifact),
      ] as const;
      const row = this.#database.get(
        "SELECT n FROM place WHERE collection = ? AND path = ? AND target = ? AND artifact = ?",
        ...cells,
      );
      if (row !== undefined) return integer(row, "n");
      return this.#database.insert(
        "INSERT INTO place (collection, path, target, artifact) VALUES (?, ?, ?, ?)",
        ...cells,
      );
    });
  }

  actor(actor: Actor): number {
    const value = encodeCanonical(encodeActor(actor));
    return this.#remember(this.#actors, Buffer.from(value).toString("latin1"), () => {
      const row = this.#database.get("SELECT n FROM actor WHERE value = ?", value);
      if (row !== undefined) return integer(row, "n");
      return this.#database.insert("INSERT INTO actor (value) VALUES (?)", value);
    });
  }

  actorOf(n: number): Actor {
    const known = this.#actorsByNumber.get(n);
    if (known !== undefined) return known;
    const row = this.#database.get("SELECT value FROM actor WHERE n = ?", n);
    if (row === undefined) throw damagedRow(`actor ${n}`, "anything");
    const actor = decodeActor(decodeCanonical(blob(row, "value")));
    this.#actorsByNumber.set(n, actor);
    return actor;
  }

  #remember(memory: Map<string, number>, key: string, find: () => number): number {
    const known = memory.get(key);
    if (known !== undefined) return known;
    const n = find();
    if (memory.size > 100_000) memory.clear();
    memory.set(key, n);
    return n;
  }
}
