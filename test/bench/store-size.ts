import { DatabaseSync } from "node:sqlite";

/** What a store holds, over all its tables and indexes. */
export interface StoreSize {
  readonly rows: number;
  /** Bytes of rows and index entries, as SQLite counts them (dbstat: payload). */
  readonly payloadBytes: number;
  /** Bytes of the pages in use. */
  readonly pageBytes: number;
}

/** Counts a store that nobody has open. */
export function storeSize(file: string): StoreSize {
  const database = new DatabaseSync(file);
  try {
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    const count = (sql: string): number => Number(database.prepare(sql).get()?.count);
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    const rows = tables.map(({ name }) => count(`SELECT count(*) AS count FROM "${String(name)}"`));
    return {
      rows: rows.reduce((sum, one) => sum + one, 0),
      payloadBytes: count("SELECT sum(payload) AS count FROM dbstat"),
      pageBytes: count("SELECT sum(pgsize) AS count FROM dbstat"),
    };
  } finally {
    database.close();
  }
}
