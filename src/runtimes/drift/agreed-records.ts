import type { WrittenEntry } from "../../store/checkout-store.ts";
import type { TargetRow } from "./sync-row.ts";
import { formatWrittenSource, parseWrittenSource } from "./written-source.ts";

/**
 * Records that make a copy found at import an edit of the canonical artifact (`ahead`), instead of one of
 * which nobody knows the newer side. For copies that `importMatches` calls `near`, and for no others.
 *
 * What is recorded is what stet would have written; the copy differs from it, so it is never removed.
 */
export function agreedRecords(row: TargetRow): readonly WrittenEntry[] {
  return row.recordAfterPush.map((entry) => ({
    ...entry,
    source: formatWrittenSource({ ...parseWrittenSource(entry.source), adopted: true }),
  }));
}
