/**
 * What SQLite alone takes for the rows of saves that a store holds: no hashing, no checks, no other thread. Inserts
 * them into a fresh store of the same schema, first some one by one, then the rest by so many in a transaction, and
 * prints `[single, grouped]`, saves a second.
 *
 *     node floor-child.ts <store file> <fresh file> <single saves> <at once>
 */
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { createSchema } from "../../../src/store/sqlite/open-database.ts";

const [, , source = "", fresh = "", singleCount = "0", atOnce = "1"] = process.argv;
type Statement = readonly [sql: string, cells: readonly SQLInputValue[]];

/** The rows of each save, in the order in which the store wrote them: a save's objects end with its commit. */
function savedRows(): readonly (readonly Statement[])[] {
  using database = new DatabaseSync(source, { readOnly: true });
  const rows = (sql: string) => database.prepare(sql).all();
  const inserted = (table: string, row: Record<string, SQLInputValue>): Statement => {
    const names = Object.keys(row);
    const marks = names.map(() => "?").join(", ");
    return [`INSERT INTO ${table} (${names.join(", ")}) VALUES (${marks})`, Object.values(row)];
  };
  const saves: Statement[][] = [[]];
  const logs = rows("SELECT * FROM log ORDER BY sequence").values();
  const changes = rows("SELECT * FROM change ORDER BY operation").values();
  const operations = rows("SELECT * FROM operation ORDER BY sequence").values();
  for (const object of rows("SELECT * FROM object ORDER BY n")) {
    const save = saves.at(-1);
    save?.push(inserted("object", object));
    if (object.kind !== 2) continue;
    for (const [table, of] of [
      ["operation", operations],
      ["log", logs],
      ["change", changes],
    ] as const) {
      const row = of.next().value;
      if (row !== undefined) save?.push(inserted(table, row));
    }
    save?.push(["INSERT OR REPLACE INTO ref (name, target) VALUES ('main', ?)", [object.n ?? null]]);
    saves.push([]);
  }
  return saves.slice(0, -1);
}

const saves = savedRows();
createSchema(fresh, new Uint8Array(16));
using database = new DatabaseSync(fresh);
database.exec("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16000");
const statements = new Map<string, ReturnType<typeof database.prepare>>();

function insert([sql, cells]: Statement): void {
  const statement = statements.get(sql) ?? database.prepare(sql);
  statements.set(sql, statement);
  statement.run(...cells);
}

function rate(from: number, to: number, size: number): number {
  const begin = performance.now();
  for (let at = from; at < to; at += size) {
    database.exec("BEGIN IMMEDIATE");
    for (const save of saves.slice(at, Math.min(at + size, to))) save.forEach(insert);
    database.exec("COMMIT");
  }
  return ((to - from) * 1000) / (performance.now() - begin);
}

const single = rate(0, Number(singleCount), 1);
const grouped = rate(Number(singleCount), saves.length, Number(atOnce));
process.stdout.write(JSON.stringify([single, grouped]));
