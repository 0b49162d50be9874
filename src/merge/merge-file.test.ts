import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pathOf } from "../domain/paths.ts";
import { mergeFileWith } from "./merge-file.ts";
import type { FileBytes, MergeResult } from "./merge-port.ts";

const path = pathOf("skills/pdf/SKILL.md");

function file(text: string, mode = 0o100644): FileBytes {
  return { bytes: new TextEncoder().encode(text), mode };
}

function merge(
  base: FileBytes | null,
  yours: FileBytes | null,
  theirs: FileBytes | null,
): Promise<MergeResult> {
  return mergeFileWith({})({ path, base, yours, theirs });
}

/** `one`, `one+x`, `nothing`: what came out, for short. */
async function outcome(...sides: Parameters<typeof merge>): Promise<string> {
  const result = await merge(...sides);
  if (result.status === "overlap") return result.rule;
  if (result.file === null) return "nothing";
  return `${new TextDecoder().decode(result.file.bytes)} ${result.file.mode.toString(8)}`;
}

describe("a file with its mode", () => {
  test.each<readonly [string, string, Parameters<typeof merge>]>([
    ["both the same (R0)", "b 100644", [file("a"), file("b"), file("b")]],
    ["only yours changed (R1)", "b 100644", [file("a"), file("b"), file("a")]],
    ["only theirs changed (R1)", "b 100644", [file("a"), file("a"), file("b")]],
    ["only yours added", "b 100644", [null, file("b"), null]],
    ["both added the same", "b 100644", [null, file("b"), file("b")]],
    ["both removed", "nothing", [file("a"), null, null]],
    ["only theirs removed", "nothing", [file("a"), file("a"), null]],
    ["bytes here, mode there", "b 100755", [file("a"), file("b"), file("a", 0o100755)]],
    ["mode here, bytes there", "b 100755", [file("a"), file("a", 0o100755), file("b")]],
    ["the same bytes on both sides, mode on one", "b 100755", [file("a"), file("b", 0o100755), file("b")]],
    ["text against text", "X1", [file("a"), file("b"), file("c")]],
    ["removed here, changed there", "X2", [file("a"), null, file("c")]],
    ["changed here, mode changed away there", "X2", [file("a"), file("a", 0o100755), null]],
    ["both added", "X3", [null, file("b"), file("c")]],
    ["both added, only modes differ", "X5", [null, file("b"), file("b", 0o100755)]],
    ["binary against binary (BUGS U2)", "X5", [file("a"), file("b\0"), file("c\0")]],
    ["binary against text", "X5", [file("a"), file("b\0"), file("c")]],
    ["mode against mode", "X5", [file("a"), file("a", 0o100755), file("a", 0o100600)]],
    ["a file that became a symlink, changed there", "X5", [file("a"), file("a", 0o120000), file("b")]],
  ])("%s", async (_what, expected, sides) => {
    expect(await outcome(...sides)).toBe(expected);
  });

  test("keeps the laws of the port: equal and one-sided go through, and the sides can be swapped", async () => {
    const side = fc.option(
      fc.record({
        bytes: fc.uint8Array({ maxLength: 2 }),
        mode: fc.constantFrom(0o100644, 0o100755, 0o120000),
      }),
    );
    await fc.assert(
      fc.asyncProperty(side, side, side, async (base, yours, theirs) => {
        expect(await merge(base, yours, base)).toMatchObject({ status: "merged", file: yours });
        expect(await merge(base, base, theirs)).toMatchObject({ status: "merged", file: theirs });
        expect(await merge(base, yours, yours)).toMatchObject({ status: "merged", file: yours });
        // Of texts that are the same but for blanks (R0) theirs stays.
        const swapped = await outcome(base, theirs, yours);
        expect((await outcome(base, yours, theirs)).replace(/\s/g, "")).toBe(swapped.replace(/\s/g, ""));
      }),
      { numRuns: 1000 },
    );
  });
});
