import type { Database } from "./database.ts";
import type { ProblemList } from "./problem-list.ts";
import { text } from "./row.ts";

/** References from outside the log: what each query finds is a reference that leads nowhere. */
const danglingReferences: readonly { readonly what: string; readonly sql: string }[] = [
  {
    what: "A conflict refers to an object that is not there.",
    sql: ["base", "yours", "theirs"]
      .map((side) => `SELECT id AS name FROM conflict WHERE ${side} NOT IN (SELECT n FROM object)`)
      .join(" UNION ALL "),
  },
  {
    what: "A pin names a commit that is not there.",
    sql: "SELECT name FROM pin LEFT JOIN object ON object.n = pin.target WHERE object.n IS NULL",
  },
  {
    what: "A row of the journal has no operation.",
    sql: "SELECT disk AS name FROM journal_row WHERE operation NOT IN (SELECT operation FROM journal)",
  },
  {
    what: "A row of the journal refers to a version that is not in the store.",
    sql:
      "SELECT disk AS name FROM journal_row WHERE" +
      " (before IS NOT NULL AND NOT EXISTS (SELECT 1 FROM object WHERE substr(hash, 1, 5) = substr(before, 1, 5)" +
      " AND hash = before)) OR (after IS NOT NULL AND NOT EXISTS" +
      " (SELECT 1 FROM object WHERE substr(hash, 1, 5) = substr(after, 1, 5) AND hash = after))",
  },
  {
    what: "The index takes a file for kept that is not in the store.",
    sql:
      "SELECT path AS name FROM index_entry WHERE materialised = 1 AND NOT EXISTS" +
      " (SELECT 1 FROM object WHERE substr(hash, 1, 5) = substr(blob, 1, 5) AND hash = blob)",
  },
  {
    // A copy that was there before stet, or that lost a conflict, was never written by it.
    what: "What was written to a target is not in the store.",
    sql:
      "SELECT path AS name FROM written WHERE source <> '' AND source NOT LIKE 'adopted:%' AND NOT EXISTS" +
      " (SELECT 1 FROM object WHERE substr(hash, 1, 5) = substr(blob, 1, 5) AND hash = blob)",
  },
  {
    what: "A file set aside is not in the store.",
    sql:
      "SELECT disk AS name FROM aside WHERE NOT EXISTS" +
      " (SELECT 1 FROM object WHERE substr(hash, 1, 5) = substr(blob, 1, 5) AND hash = blob)",
  },
  {
    what: "A text that was refused and kept is not in the store.",
    sql:
      "SELECT id AS name FROM kept WHERE NOT EXISTS" +
      " (SELECT 1 FROM object WHERE substr(hash, 1, 5) = substr(yours, 1, 5) AND hash = yours)",
  },
  {
    what: "A checkout has materialised a commit that is not there.",
    sql:
      "SELECT name FROM checkout WHERE materialised IS NOT NULL AND NOT EXISTS" +
      " (SELECT 1 FROM object WHERE substr(hash, 1, 5) = substr(materialised, 1, 5) AND hash = materialised)",
  },
  {
    what: "A record belongs to a checkout that is not there.",
    sql:
      "SELECT path AS name FROM index_entry WHERE checkout NOT IN (SELECT n FROM checkout)" +
      " UNION ALL SELECT path FROM written WHERE checkout NOT IN (SELECT n FROM checkout)" +
      " UNION ALL SELECT path FROM journal_row WHERE checkout NOT IN (SELECT n FROM checkout)",
  },
];

/** Walks the references of conflicts, pins, journal, index and checkouts. */
export function verifyLocal(database: Database, list: ProblemList): void {
  for (const { what, sql } of danglingReferences) {
    list.guard(what, () => {
      for (const row of database.all(sql)) list.add("E-OBJECT-MISSING", what, text(row, "name"));
    });
  }
}
