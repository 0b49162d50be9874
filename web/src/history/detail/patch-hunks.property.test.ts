import { createTwoFilesPatch } from "diff";
import fc from "fast-check";
import { expect, test } from "vitest";
import { patchHunks } from "./patch-hunks.ts";

const texts = fc.array(fc.constantFrom("a", "b", "- c", "+ d", "@@ e", ""), { maxLength: 30 });

test("the stretches of a patch are where the texts differ: put in place, they turn one into the other", () => {
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      const [before, after] = [`${one.join("\n")}\n`, `${other.join("\n")}\n`];
      const hunks = patchHunks(createTwoFilesPatch("a", "a", before, after, "", "", { context: 2 }));
      if (before === after) expect(hunks).toEqual([]);
      const lines = after.split("\n");
      for (const hunk of hunks) {
        const fresh = hunk.after === "" ? [] : hunk.after.split("\n");
        const from = fresh.length === 0 ? hunk.line : hunk.line - 1;
        if (fresh.length > 0) expect(lines.slice(from, from + fresh.length)).toEqual(fresh);
        expect(hunk.before).not.toBe(hunk.after);
      }
    }),
    { numRuns: 1_000 },
  );
});
