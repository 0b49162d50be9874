import { existsSync, realpathSync, statSync } from "node:fs";
import { StetError } from "../../domain/errors.ts";
import type { Database } from "./database.ts";
import { blob, text } from "./row.ts";

/**
 * A store knows where it lies: two stores with one id would each take the other's log for its own.
 *
 * Invariants: a store that lies where it was last written, or was moved, keeps its id; one that was restored, or
 * whose original is gone, takes a new one; one whose original is still there is a copy, and is written only once
 * somebody says that it may take an id of its own.
 */
interface Place {
  readonly inode: string;
  /** When the file was made, in nanoseconds: inodes are given again. Empty where it cannot be told. */
  readonly born: string;
  readonly path: string;
}

function placeOf(file: string): Place {
  const { ino, birthtimeNs, ctimeNs } = statSync(file, { bigint: true });
  const born = birthtimeNs === 0n || birthtimeNs === ctimeNs ? "" : birthtimeNs.toString();
  return { inode: ino.toString(), born, path: realpathSync(file) };
}

function sameFile(one: Place, other: Place): boolean {
  return one.inode === other.inode && (one.born === other.born || one.born === "" || other.born === "");
}

/** Notes where the store lies, and gives it a new id where it has to have one. Throws E-STORE-COPIED. */
export function settleIdentity(database: Database, file: string, freshId: Uint8Array, adopt: boolean): void {
  const here = placeOf(file);
  const row = database.get("SELECT value FROM property WHERE name = 'place'");
  const noted = row === undefined ? null : parsePlace(text(row, "value"));
  if (noted !== null && sameFile(noted, here) && noted.path === here.path) return;
  const moved = noted === null || (sameFile(noted, here) && !liesAt(noted));
  if (!moved && liesAt(noted) && !adopt) throw copiedStore(here, noted);
  database.write(() => {
    database.run(
      "INSERT OR REPLACE INTO property (name, value) VALUES ('place', ?)",
      JSON.stringify([here.inode, here.born, here.path]),
    );
    if (!moved) database.run("UPDATE property SET value = ? WHERE name = 'store'", freshId);
  });
}

/** The store's own id, 16 bytes. */
export function storeIdOf(database: Database): Uint8Array {
  return blob(database.get("SELECT value FROM property WHERE name = 'store'") ?? {}, "value");
}

function liesAt(place: Place): boolean {
  return existsSync(place.path) && sameFile(placeOf(place.path), place);
}

function parsePlace(value: string): Place | null {
  const read: unknown = JSON.parse(value);
  if (!Array.isArray(read)) return null;
  const [inode, born, path]: readonly unknown[] = read;
  if (typeof inode !== "string" || typeof born !== "string" || typeof path !== "string") return null;
  return { inode, born, path };
}

function copiedStore(here: Place, noted: Place): StetError {
  return new StetError({
    code: "E-STORE-COPIED",
    what: "This store is a copy of another one that is still in use.",
    where: here.path,
    why: `it was made from ${noted.path}, and both would write under one id`,
    kept: "Nothing was written; it can be read.",
    fixes: [
      { cmd: "stet repair --adopt", summary: "give this copy an id of its own" },
      { cmd: `STET_HOME=${noted.path.replace(/\/[^/]*$/, "")} stet status`, summary: "use the original" },
    ],
  });
}
