import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DriftFile, driftState, type FileVersion, fileMove } from "./drift.ts";
import { because } from "./drift-state.ts";

function version(letter: string, exact = letter): FileVersion | null {
  return letter === "-" ? null : { meaning: letter, exact };
}

/** `a-b` is would write a, nothing present, last written b. */
function file(letters: string, path = "SKILL.md"): DriftFile {
  const [wouldWrite = "-", present = "-", lastWritten = "-"] = letters;
  return {
    path,
    wouldWrite: version(wouldWrite),
    present: version(present),
    lastWritten: version(lastWritten),
  };
}

/** Every combination of one file, as in the doc comment of drift.ts. */
const table = [
  ["---", "none", "in-sync", null],
  ["--a", "none", "in-sync", null],
  ["-a-", "target", "extra", "target"],
  ["a--", "store", "missing", "store"],
  ["aa-", "none", "in-sync", null],
  ["ab-", "both", "diverged", "both"],
  ["-aa", "store", "behind", "store"],
  ["-ab", "both", "diverged", "both"],
  ["a-a", "target", "missing", "target"],
  ["a-b", "both", "missing", "both"],
  ["aaa", "none", "in-sync", null],
  ["aab", "none", "in-sync", null],
  ["abb", "store", "behind", "store"],
  ["aba", "target", "ahead", "target"],
  ["abc", "both", "diverged", "both"],
] as const;

describe("one file", () => {
  test.each(table)("%s: moved %s, %s", (letters, moved, state, side) => {
    expect(fileMove(file(letters))).toBe(moved);
    expect(driftState([file(letters)])).toMatchObject({ state, side });
  });

  test("the table holds every combination there is", () => {
    const letters = ["-", "a", "b", "c"];
    const patterns = new Set<string>();
    for (const one of letters) {
      for (const two of letters) for (const three of letters) patterns.add(renamed(one + two + three));
    }
    expect([...patterns].sort()).toEqual(table.map(([pattern]) => pattern).sort());
  });

  test("formatting alone is in-sync, and says so (BUGS F5)", () => {
    const one: DriftFile = {
      path: "SKILL.md",
      wouldWrite: version("a", "lf"),
      present: version("a", "crlf"),
      lastWritten: null,
    };
    expect(fileMove(one)).toBe("formatting");
    expect(driftState([one])).toEqual({
      state: "in-sync",
      side: null,
      reason: "the same (formatting): SKILL.md",
    });
  });
});

test("a copy that is to go is the user's as soon as a byte of it is another (BUGS F6)", () => {
  const reformatted: DriftFile = {
    path: "SKILL.md",
    wouldWrite: null,
    present: version("a", "crlf"),
    lastWritten: version("a", "lf"),
  };
  expect(driftState([reformatted])).toMatchObject({ state: "diverged", side: "both" });
});

describe("an artifact of several files", () => {
  test("a script that differs counts though SKILL.md is the same (BUGS F5)", () => {
    const drift = driftState([file("aaa"), file("aba", "scripts/run.py")]);
    expect(drift).toMatchObject({ state: "ahead", reason: "changed at the target: scripts/run.py" });
  });

  test("a file added at the target of a known skill is the target's edit", () => {
    expect(driftState([file("aaa"), file("-a-", "notes.md")])).toMatchObject({ state: "ahead" });
  });

  test("a new file of the store is an update", () => {
    expect(driftState([file("aaa"), file("a--", "notes.md")])).toMatchObject({ state: "behind" });
  });

  test("different files that moved on either side are diverged, and both are named", () => {
    const drift = driftState([file("abb", "one.md"), file("aba", "two.md")]);
    expect(drift).toMatchObject({ state: "diverged", side: "both" });
    expect(drift.reason).toContain("one.md");
    expect(drift.reason).toContain("two.md");
  });

  test("many files are counted, not listed", () => {
    const files = ["1", "2", "3", "4", "5"].map((path) => file("aba", path));
    expect(driftState(files).reason).toBe("changed at the target: 1, 2, 3 and 2 more");
  });
});

describe("a state and its reason (P7)", () => {
  test("there is no empty reason", () => {
    expect(() => because("")).toThrow();
    expect(() => because(" \n")).toThrow();
  });

  test("every state has a reason, and in-sync is said exactly when nothing differs", () => {
    const letter = fc.constantFrom("-", "a", "b", "c");
    const anyFile = fc.tuple(letter, letter, letter).map((letters) => file(letters.join("")));
    fc.assert(
      fc.property(fc.array(anyFile, { maxLength: 6 }), (files) => {
        const drift = driftState(files);
        expect(drift.reason.trim()).not.toBe("");
        const same = files.every((one) => one.wouldWrite?.meaning === one.present?.meaning);
        expect(drift.state === "in-sync").toBe(same);
      }),
      { numRuns: 2000 },
    );
  });

  test("the sides are told the right way round: swapping them swaps the state", () => {
    const letter = fc.constantFrom("-", "a", "b", "c");
    const swapped = { "in-sync": "in-sync", behind: "ahead", ahead: "behind", diverged: "diverged" };
    fc.assert(
      fc.property(fc.array(fc.tuple(letter, letter, letter), { minLength: 1, maxLength: 5 }), (all) => {
        const stays = file("aaa", "stays.md");
        const straight = driftState([stays, ...all.map((one) => file(one.join("")))]).state;
        const crossed = driftState([stays, ...all.map(([w, p, l]) => file(p + w + l))]).state;
        expect(Object.keys(swapped)).toContain(straight);
        expect(new Map(Object.entries(swapped)).get(straight)).toBe(crossed);
      }),
      { numRuns: 2000 },
    );
  });
});

function renamed(pattern: string): string {
  const names = new Map<string, string>();
  return [...pattern]
    .map((letter) => {
      if (letter === "-") return letter;
      const name = names.get(letter) ?? "abc".charAt(names.size);
      names.set(letter, name);
      return name;
    })
    .join("");
}
