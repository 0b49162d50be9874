import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { integer, type Row } from "./row.ts";

export type Cell = SQLInputValue;

/**
 * One connection and its prepared statements.
 *
 * Invariant: no transaction outlives the call that began it: `read` and `write` are synchronous, so that no
 * reader keeps the log from being reset, and no writer keeps the lock across an await.
 */
export class Database {
  readonly #handle: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #bigStatements = new Map<string, StatementSync>();

  constructor(handle: DatabaseSync) {
    this.#handle = handle;
  }

  /** Runs SQL without parameters or results. */
  execute(sql: string): void {
    this.#handle.exec(sql);
  }

  run(sql: string, ...cells: readonly Cell[]): number {
    return Number(this.#prepare(sql).run(...cells).changes);
  }

  /** Inserts a row and gives back its row number. */
  insert(sql: string, ...cells: readonly Cell[]): number {
    return Number(this.#prepare(sql).run(...cells).lastInsertRowid);
  }

  get(sql: string, ...cells: readonly Cell[]): Row | undefined {
    return this.#prepare(sql).get(...cells);
  }

  all(sql: string, ...cells: readonly Cell[]): readonly Row[] {
    return this.#prepare(sql).all(...cells);
  }

  iterate(sql: string, ...cells: readonly Cell[]): Iterable<Row> {
    return this.#prepare(sql).iterate(...cells);
  }

  /** Like `all`, with every integer as a bigint: for nanoseconds and inodes, which a number does not hold. */
  allBig(sql: string, ...cells: readonly Cell[]): readonly Row[] {
    let statement = this.#bigStatements.get(sql);
    if (statement === undefined) {
      statement = this.#handle.prepare(sql);
      statement.setReadBigInts(true);
      this.#bigStatements.set(sql, statement);
    }
    return statement.all(...cells);
  }

  /** A number that changes whenever another connection has committed something. */
  version(): number {
    return integer(this.get("PRAGMA data_version") ?? {}, "data_version");
  }

  /** Runs several reads on one state of the database. */
  read<Result>(body: () => Result): Result {
    this.#handle.exec("BEGIN");
    try {
      return body();
    } finally {
      this.#handle.exec("ROLLBACK");
    }
  }

  /** Runs writes under the write lock: committed when `body` returns, taken back when it throws. */
  write<Result>(body: () => Result): Result {
    this.#handle.exec("BEGIN IMMEDIATE");
    let result: Result;
    try {
      result = body();
    } catch (error) {
      // SQLite itself takes back after a full disk or an I/O error; a second ROLLBACK would hide the cause.
      if (this.#handle.isTransaction) this.#handle.exec("ROLLBACK");
      throw error;
    }
    try {
      this.#handle.exec("COMMIT");
    } catch (error) {
      throw new CommitFailed(error);
    }
    return result;
  }

  /** Runs writes whose commit is not synced: they may be lost with the power, never torn. */
  withoutSync(body: () => void): void {
    this.#handle.exec("PRAGMA synchronous = NORMAL");
    try {
      body();
    } finally {
      this.#handle.exec("PRAGMA synchronous = FULL");
    }
  }

  close(): void {
    this.#statements.clear();
    this.#bigStatements.clear();
    this.#handle.close();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#handle.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** COMMIT itself failed: whether the transaction is durable is unknown, and the handle is not to be used again. */
export class CommitFailed extends Error {
  override readonly name = "CommitFailed";
  constructor(cause: unknown) {
    super("the commit failed", { cause });
  }
}
