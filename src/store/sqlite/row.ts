import type { SQLOutputValue } from "node:sqlite";
import { StetError } from "../../domain/errors.ts";

/** One row as SQLite gives it back. The readers below assert what a column must hold. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === "number") return value;
  if (typeof value === "bigint" && Number.isSafeInteger(Number(value))) return Number(value);
  throw damagedRow(column, "an integer");
}

export function integerOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column);
}

export function bigInteger(row: Row, column: string): bigint {
  const value = row[column];
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return BigInt(value);
  throw damagedRow(column, "an integer");
}

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === "string") return value;
  throw damagedRow(column, "text");
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

export function blob(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (value instanceof Uint8Array) return value;
  throw damagedRow(column, "bytes");
}

export function blobOrNull(row: Row, column: string): Uint8Array | null {
  return row[column] === null ? null : blob(row, column);
}

/** A row that does not hold what its table promises. */
export function damagedRow(where: string, expected: string): StetError {
  return new StetError({
    code: "E-STORE-DAMAGED",
    what: "A row of the store is damaged.",
    where,
    why: `it does not hold ${expected}`,
    kept: "Nothing was changed. What does not refer to it stays readable.",
    fixes: [
      { cmd: "stet verify", summary: "list everything that is damaged" },
      { cmd: "stet repair", summary: "salvage what is intact" },
    ],
  });
}
