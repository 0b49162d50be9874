import { bytesOfHex } from "../../domain/hex.ts";
import type { ResolvedId } from "../history-store.ts";
import type { Database } from "./database.ts";
import { objectsBetween } from "./object-table.ts";
import { operationIdOfCell, operationIdRange } from "./operation-id-cell.ts";
import { blob } from "./row.ts";

/** Shorter prefixes are not looked for: they would fit too much, and pass for words. */
const prefixLettersMin = 8;
/** More candidates than this are not told apart by listing them. */
const candidatesMax = 100;

/** Everything that an id or a prefix of it may stand for: blobs, nodes, commits, operations. */
export function resolvePrefix(database: Database, prefix: string): readonly ResolvedId[] {
  return [...resolveObjects(database, prefix), ...resolveOperations(database, prefix)];
}

function resolveObjects(database: Database, prefix: string): readonly ResolvedId[] {
  const digits = (prefix.startsWith("sha256:") ? prefix.slice(7) : prefix).toLowerCase();
  if (digits.length < prefixLettersMin || digits.length > 64 || !/^[0-9a-f]+$/.test(digits)) return [];
  const from = bytesOfHex(digits.padEnd(64, "0"));
  const to = bytesOfHex(digits.padEnd(64, "f"));
  return objectsBetween(database, from, to, candidatesMax);
}

function resolveOperations(database: Database, prefix: string): readonly ResolvedId[] {
  const letters = prefix.startsWith("op_") ? prefix.slice(3) : prefix;
  if (letters.length < prefixLettersMin) return [];
  const range = operationIdRange(letters);
  if (range === undefined) return [];
  return database
    .all(
      "SELECT id FROM operation WHERE substr(id, 1, 5) BETWEEN substr(?1, 1, 5) AND substr(?2, 1, 5)" +
        " AND id BETWEEN ?1 AND ?2 ORDER BY id LIMIT ?3",
      ...range,
      candidatesMax,
    )
    .map((row) => ({ kind: "operation", id: operationIdOfCell(blob(row, "id")) }));
}
