import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isoFromMicros, microsFromIso, nextTimestamp } from "./clock.ts";

const hour = 3_600_000_000;
const wallTimes = fc.array(fc.integer({ min: 0, max: 7_000_000_000_000_000 }), {
  minLength: 1,
  maxLength: 50,
});

describe("time on the log", () => {
  test("increases strictly whatever the wall clock does (BUGS S4)", () => {
    fc.assert(
      fc.property(wallTimes, (walls) => {
        let last: number | null = null;
        for (const wall of walls) {
          const next = nextTimestamp(last, wall, hour);
          if (last !== null) expect(next.at).toBeGreaterThan(last);
          expect(next.at).toBeGreaterThanOrEqual(wall);
          expect(next.uncertain).toBe(next.at - wall > hour);
          last = next.at;
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("goes on by one microsecond while the clock stands still", () => {
    const first = nextTimestamp(null, 1000, hour);
    const second = nextTimestamp(first.at, 1000, hour);
    expect([first, second]).toEqual([
      { at: 1000, uncertain: false },
      { at: 1001, uncertain: false },
    ]);
  });

  test("is marked uncertain once the clock has stepped back by more than the lead", () => {
    expect(nextTimestamp(10 * hour, 9 * hour + 1, hour).uncertain).toBe(false);
    expect(nextTimestamp(10 * hour, 9 * hour, hour).uncertain).toBe(true);
  });
});

describe("a time in text", () => {
  test("comes back to the microsecond", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000_000_000, max: 9_007_199_254_740_991 }), (at) => {
        expect(microsFromIso(isoFromMicros(at))).toBe(at);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["2026-11-22T14:02:11.000123Z", "2026-11-22T14:02:11.000123Z"],
    ["2026-11-22T14:02:11.5Z", "2026-11-22T14:02:11.500000Z"],
    ["2026-11-22T14:02+09:00", "2026-11-22T05:02:00.000000Z"],
    ["2026-11-22 14:02", "2026-11-22T14:02:00.000000Z"],
    ["2026-11-22", "2026-11-22T00:00:00.000000Z"],
  ])("reads %s", (text, expected) => {
    const at = microsFromIso(text);
    expect(at === undefined ? undefined : isoFromMicros(at)).toBe(expected);
  });

  test.each([
    "",
    "yesterday",
    "2026-13-01",
    "2026-02-30",
    "2026-02-29T10:00Z",
    "2026-11-22T25:00Z",
    "2026-11-22T24:30Z",
    "2026-11-22T14:02:11.1234567Z",
    "2026-11-22T14",
    "2026-11-22Tx",
    "9999-01-01",
  ])("does not read %j", (text) => {
    expect(microsFromIso(text)).toBeUndefined();
  });
});
