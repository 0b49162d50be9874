import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PlanRow } from "../api/sync.ts";
import { initialTicks, planParts, withTicks } from "./plan-ticks.ts";

const cases = { numRuns: 1_000 };

const rowLists = fc
  .array(
    fc.record({
      target: fc.constantFrom("claude:project", "codex:project"),
      action: fc.constantFrom("create", "change", "delete", "take", "merge", "ask"),
      ticked: fc.boolean(),
    }),
    { maxLength: 20 },
  )
  .map((rows) =>
    rows.map(
      (row, index): PlanRow => ({
        ...row,
        id: `row ${index}`,
        kind: "skill",
        name: "pdf",
        state: "behind",
        reason: "changed in the store",
        files: [],
        dropped: null,
      }),
    ),
  );

describe("the ticks of a plan", () => {
  test("a delete is never ticked unasked, whatever the plan says", () => {
    fc.assert(
      fc.property(rowLists, (rows) => {
        const ticks = initialTicks(rows);
        for (const { id, action, ticked } of rows) {
          expect(ticks.has(id)).toBe(ticked && action !== "delete");
        }
      }),
      cases,
    );
  });

  test("ticking touches the rows that are meant and no others, and can be taken back", () => {
    fc.assert(
      fc.property(rowLists, fc.nat(20), fc.boolean(), (rows, count, isTicked) => {
        const before = initialTicks(rows);
        const meant = rows.slice(0, count);
        const after = withTicks(before, meant, isTicked);
        for (const row of rows) {
          expect(after.has(row.id)).toBe(meant.includes(row) ? isTicked : before.has(row.id));
        }
      }),
      cases,
    );
  });

  test("every row is in exactly one part, deletes apart and last", () => {
    fc.assert(
      fc.property(rowLists, (rows) => {
        const parts = planParts(rows);
        const ids = parts.flatMap((part) => part.rows.map(({ id }) => id));
        expect(ids.toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
        for (const part of parts) {
          for (const { action, target } of part.rows) {
            expect(action === "delete").toBe(part.isDeletes);
            expect(target).toBe(part.target);
          }
        }
        const kinds = parts.map(({ isDeletes }) => isDeletes);
        expect(kinds).toEqual(kinds.toSorted());
      }),
      cases,
    );
  });
});
