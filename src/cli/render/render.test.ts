import fc from "fast-check";
import displayWidth from "fast-string-width";
import { describe, expect, test } from "vitest";
import { unknownActor } from "../../domain/actors.ts";
import type { Screen } from "../screen.ts";
import { columns } from "./columns.ts";
import { counted } from "./counted.ts";
import { errorBlock } from "./error-block.ts";
import { patchText } from "./patch-text.ts";
import { shortId } from "./short-id.ts";
import { shownActor } from "./shown-actor.ts";
import { shownTime } from "./shown-time.ts";
import { visibleLine, visibleText } from "./visible-text.ts";

const plain: Screen = {
  terminal: false,
  colour: false,
  unicode: true,
  width: Number.POSITIVE_INFINITY,
  now: 0,
};
const screen: Screen = { ...plain, terminal: true, width: 60 };

describe("columns", () => {
  test("East Asian characters take two columns, so that what follows lines up", () => {
    const rows = [
      [{ text: "skill/한글" }, { text: "가" }],
      [{ text: "skill/a" }, { text: "b" }],
    ];
    expect(columns(plain, rows)).toEqual(["skill/한글  가", "skill/a     b"]);
  });

  test("the last column ends where the screen does", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.string({ unit: "grapheme", maxLength: 20 }),
        (long, short) => {
          const [line = ""] = columns(screen, [[{ text: short }, { text: long.repeat(9) }]]);
          expect(displayWidth(line)).toBeLessThanOrEqual(
            Math.max(60, displayWidth(visibleLine(short)) + 2 + 12),
          );
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

/** Marks of writing direction that reorder nothing by themselves. */
const marks = "\u061c\u200e\u200f";

describe("text from files", () => {
  test("no control character reaches the terminal, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = visibleText(text);
        const obeyed = [...shown].filter(
          (one) => /[\p{Cc}\p{Bidi_Control}]/u.test(one) && !"\n\t".includes(one),
        );
        expect(obeyed.filter((one) => !marks.includes(one))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
    expect(visibleLine("a\u001b[2Jb\nc")).toBe("a␛[2Jb c");
  });

  test("a diff keeps its signs when it is coloured", () => {
    const patch = "--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n";
    expect(patchText(plain, patch)).toBe("--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new");
    expect(patchText({ ...plain, colour: true }, patch)).toContain("\u001b[32m+new\u001b[39m");
  });
});

test("counts are grouped by thousands", () => {
  expect([1, 999, 1_000, 1_234_567].map((count) => counted(count, "file"))).toEqual([
    "1 file",
    "999 files",
    "1,000 files",
    "1,234,567 files",
  ]);
});

describe("ids, times and actors", () => {
  test("an id keeps its prefix and eight letters", () => {
    expect(shortId("op_4k2m9qxz0000aaaabbbb")).toBe("op_4k2m9qxz");
    expect(shortId(`sha256:${"3f2a9c1e".repeat(8)}`)).toBe("3f2a9c1e");
    expect(shortId("main")).toBe("main");
  });

  test.each([
    [10, "just now"],
    [50, "1 min ago"],
    [119, "1 min ago"],
    [3_600, "1 h ago"],
    [86_400 * 3, "3 d ago"],
    [86_400 * 400, "1 y ago"],
    [-3_600, "2026-11-22T14:02:11Z"],
  ])("%i s ago", (seconds, text) => {
    const now = Date.parse("2026-11-22T14:02:11Z") * 1000 + seconds * 1_000_000;
    expect(shownTime({ ...screen, now }, "2026-11-22T14:02:11.000000Z")).toBe(text);
    expect(shownTime({ ...plain, now }, "2026-11-22T14:02:11.000000Z")).toBe("2026-11-22T14:02:11Z");
  });

  test("an actor is shown with what is known, and claimed is said; unknown stays unknown", () => {
    const agent = {
      ...unknownActor,
      name: "reviewer",
      kind: "agent" as const,
      runtime: "claude",
      agentId: "reviewer",
    };
    expect(shownActor({ ...agent, modelId: "opus", session: "a1b2" })).toBe(
      "reviewer (claude, opus, session a1b2, claimed)",
    );
    expect(shownActor({ ...agent, standing: "verified" })).toBe("reviewer (claude, verified)");
    expect(shownActor(unknownActor)).toBe("unknown");
  });
});

test("an error is laid out in five slots, fixes in the order given", () => {
  const error = {
    code: "E-TARGET-AHEAD" as const,
    what: "Could not push 1 of 9: Cursor changed it first.",
    where: ".cursor/rules/lint.mdc",
    why: "Pushing would replace 3 lines that are not in the store.",
    kept: "8 others are done (op_5k2). Nothing was overwritten.",
    fixes: [
      { cmd: "stet pull rule/lint", summary: "take the edit in" },
      { cmd: "stet diff rule/lint", summary: "look first" },
    ],
  };
  expect(errorBlock(plain, error)).toMatchInlineSnapshot(`
    "✗ Could not push 1 of 9: Cursor changed it first.  E-TARGET-AHEAD
      where  .cursor/rules/lint.mdc
      why    Pushing would replace 3 lines that are not in the store.
      kept   8 others are done (op_5k2). Nothing was overwritten.
      fix    stet pull rule/lint  take the edit in
             stet diff rule/lint  look first"
  `);
  expect(errorBlock({ ...plain, unicode: false }, error)).toMatch(/^x Could/);
});
