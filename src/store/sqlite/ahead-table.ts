/**
 * Content that was stored ahead of the operation that will refer to it.
 *
 * Invariants:
 * - from the transaction that stores it to the one that names it, content has a mark in `ahead`; the mark goes in
 *   the transaction of the operation, so that whatever has none belongs, or belonged, to a version;
 * - nothing with a mark younger than `limits.aheadGraceMicros` loses its content (BUGS S11);
 * - a row that was emptied because its operation never came keeps its mark, which says why it is empty.
 */
import type { Micros } from "../../domain/clock.ts";
import { limits } from "../../domain/limits.ts";
import type { Database } from "./database.ts";

/** Marks an object as stored ahead, at this time. */
export function markAhead(database: Database, object: number, at: Micros): void {
  database.run("INSERT OR REPLACE INTO ahead (object, at) VALUES (?, ?)", object, at);
}

/** An operation names the content now. */
export function dropAheadMark(database: Database, object: number): void {
  database.run("DELETE FROM ahead WHERE object = ?", object);
}

/** Marks up to this time no longer spare their content. */
export function newestExpired(wall: Micros): Micros {
  return wall - limits.aheadGraceMicros;
}
