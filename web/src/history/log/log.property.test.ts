import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OperationValue } from "../../api/operations.ts";
import { pointOf, stepOf } from "../past/slider-steps.ts";
import { filterOf, formatTokens, parseTokens, tokenNames } from "./filter-tokens.ts";
import { belongTogether, groupGapMilliseconds, groupOperations } from "./group-operations.ts";
import { logRows } from "./log-rows.ts";
import { joined } from "./use-operations.ts";

const cases = { numRuns: 1_000 };

const operation = (id: number, at: number, name: string, session: string | null): OperationValue => ({
  id: `op_${id}`,
  at: new Date(at).toISOString(),
  actor: {
    name,
    kind: "agent",
    runtime: null,
    agentId: null,
    modelId: null,
    session,
    standing: "claimed",
  },
  kind: "save",
  reason: null,
  message: null,
  changes: [],
  undoes: null,
  semVerBump: null,
  breakingChanges: [],
  summary: "edited",
  details: {},
});

/** A log, newest first, of few writers at times that are often close. */
const logs = fc
  .array(
    fc.record({
      gap: fc.oneof(fc.nat(2_000), fc.nat(2 * groupGapMilliseconds), fc.constant(groupGapMilliseconds)),
      name: fc.constantFrom("ana", "codex"),
      session: fc.constantFrom(null, "a", "b"),
    }),
    { maxLength: 40 },
  )
  .map((steps) => {
    let at = Date.UTC(2026, 10, 22);
    return steps.map(({ gap, name, session }, index) => {
      at -= gap;
      return operation(index, at, name, session);
    });
  });

describe("grouping", () => {
  test("drops nothing, moves nothing, and joins exactly the neighbours that belong together", () => {
    fc.assert(
      fc.property(logs, (log) => {
        const groups = groupOperations(log);
        expect(groups.flatMap(({ operations }) => operations)).toEqual(log);
        const starts = new Set(groups.map(({ operations }) => operations[0].id));
        for (const [index, one] of log.entries()) {
          const newer = log[index - 1];
          if (newer !== undefined) expect(starts.has(one.id)).toBe(!belongTogether(newer, one));
        }
        expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length);
      }),
      cases,
    );
  });

  test("two minutes apart are two groups, a moment less is one", () => {
    const at = Date.UTC(2026, 10, 22);
    const [newer, near, far] = [
      operation(1, at, "ana", null),
      operation(2, at - groupGapMilliseconds + 1, "ana", null),
      operation(3, at - groupGapMilliseconds, "ana", null),
    ];
    expect(groupOperations([newer, near])).toHaveLength(1);
    expect(groupOperations([newer, far])).toHaveLength(2);
    expect(groupOperations([newer, operation(2, at, "codex", null)])).toHaveLength(2);
    expect(groupOperations([newer, operation(2, at, "ana", "a")])).toHaveLength(2);
  });

  test("with all groups open every operation is a line, under the day that it was on", () => {
    fc.assert(
      fc.property(logs, (log) => {
        const groups = groupOperations(log);
        const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
        const rows = logRows(groups, new Set(groups.map(({ key }) => key)), dayOf);
        const lines = rows.flatMap((row) => (row.type === "operation" ? [row.operation.id] : []));
        expect(lines).toEqual(log.map(({ id }) => id));
        expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
        const shut = logRows(groups, new Set(), dayOf).filter(({ type }) => type !== "day");
        expect(shut).toHaveLength(groups.length);
      }),
      cases,
    );
  });
});

describe("the slider", () => {
  test("every operation has a step, each step its group's newest, and the last one is now", () => {
    fc.assert(
      fc.property(logs, (log) => {
        const groups = groupOperations(log);
        expect(pointOf(groups, groups.length)).toBeNull();
        expect(stepOf(groups, null)).toBe(groups.length);
        for (const [index, group] of groups.entries()) {
          const step = groups.length - 1 - index;
          for (const { id } of group.operations) expect(stepOf(groups, id)).toBe(step);
          expect(pointOf(groups, step)).toBe(group.operations[0].id);
        }
      }),
      cases,
    );
  });
});

describe("the filter", () => {
  const value = fc.stringMatching(/^[a-z0-9/.-]{1,8}( [a-z0-9/.-]{1,8})?$/);
  const tokenLists = fc.uniqueArray(fc.record({ name: fc.constantFrom(...tokenNames), value }), {
    selector: ({ name }) => name,
  });

  test("written as text it is read as it was", () => {
    fc.assert(
      fc.property(tokenLists, (tokens) => {
        const read = parseTokens(formatTokens(tokens));
        const sorted = (all: typeof read) => all.toSorted((one, other) => (one.name < other.name ? -1 : 1));
        expect(sorted(read)).toEqual(sorted(tokens));
      }),
      cases,
    );
  });

  test("anything that is typed is read, and what is read is stable", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const once = formatTokens(parseTokens(text));
        expect(formatTokens(parseTokens(once))).toBe(once);
      }),
      cases,
    );
  });

  test("bare words are looked for in the text, and a time is counted back from now", () => {
    const now = Date.UTC(2026, 10, 22, 12);
    const filter = filterOf(parseTokens('actor:codex lamps model:"opus 4" dusk since:2d odd:thing'), now);
    expect(filter).toEqual({
      actor: "codex",
      model: "opus 4",
      text: "lamps dusk odd:thing",
      since: "2026-11-20T12:00:00.000Z",
    });
    expect(filterOf(parseTokens("since:whenever"), now)).toEqual({});
  });
});

describe("the feed", () => {
  test("a newer first page joins what is here without doubling, or stands alone where they do not meet", () => {
    fc.assert(
      fc.property(logs, fc.nat(40), fc.nat(40), (log, cut, length) => {
        const filter = {};
        const known = { filter, operations: log.slice(Math.min(cut, log.length)), next: null };
        const page = { filter, operations: log.slice(0, length), next: "more" };
        const { operations, next } = joined(known, page, false);
        const ids = operations.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.slice(0, page.operations.length)).toEqual(page.operations.map(({ id }) => id));
        if (next === null) expect(ids).toEqual(log.map(({ id }) => id));
      }),
      cases,
    );
  });
});
