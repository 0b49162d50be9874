import type { VerifyReport } from "../history-store.ts";
import type { Database } from "./database.ts";
import type { Names } from "./names.ts";
import { ProblemList } from "./problem-list.ts";
import { text } from "./row.ts";
import { verifyLocal } from "./verify-local.ts";
import { verifyObjects } from "./verify-objects.ts";
import { verifyOperations } from "./verify-operations.ts";

/**
 * Checks the whole store: the pages of the file, the hash of every object, every reference, every link of the
 * log, where the refs must stand according to it, and this machine's records.
 */
export function verifyStore(database: Database, names: Names): VerifyReport {
  const list = new ProblemList();
  list.guard("the file", () => verifyPages(database, list));
  const { objects, commits } = verifyObjects(database, list);
  const operations = verifyOperations(database, names, list);
  verifyLocal(database, list);
  return { objects, commits, operations, problems: list.problems };
}

function verifyPages(database: Database, list: ProblemList): void {
  for (const row of database.all("PRAGMA integrity_check(100)")) {
    const found = text(row, "integrity_check");
    if (found !== "ok") list.add("E-STORE-DAMAGED", found, "the file");
  }
}
