import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { hashIdFromHex } from "../../domain/ids.ts";
import { pathOf } from "../../domain/paths.ts";
import { type LockEntry, parseLock, putLocked } from "./lock-file.ts";

const entry = (name: string, commit: string, files: readonly string[]): LockEntry => ({
  artifact: { kind: "skill", name },
  source: "https://example.org/tools.git",
  asked: "^1.0.0",
  commit,
  tag: "v1.2.0",
  version: "1.2.0",
  path: `skills/${name}`,
  tree: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  base: hashIdFromHex("3".repeat(64)),
  files: new Map(
    files.map((path) => [pathOf(path), { mode: 0o100644, blob: hashIdFromHex("7".repeat(64)) }]),
  ),
  licence: "MIT",
  publisher: "example.org/tools",
  released: "2026-11-20T08:00:00.000Z",
  at: "2026-11-22T14:02:11.000123Z",
  by: "ana",
});

function put(text: string | null, puts: readonly (readonly [string, LockEntry | null])[]): string {
  const edited = putLocked(text, new Map(puts));
  if (!edited.ok) throw new Error(edited.why);
  return edited.text;
}

const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "pdf", "web-test", "z1"), {
  minLength: 1,
  maxLength: 3,
});
const paths = fc.uniqueArray(fc.constantFrom("SKILL.md", "a.md", "docs/b.md", "run.sh", "z.txt"), {
  minLength: 1,
  maxLength: 3,
});
const entries = names.chain((chosen) =>
  fc.tuple(
    ...chosen.map((name) =>
      fc.tuple(fc.constantFrom("1111", "2222"), paths).map(([commit, files]) => entry(name, commit, files)),
    ),
  ),
);

test("what is put is read back, in whatever order it came, and the text tells nothing of the order", () => {
  fc.assert(
    fc.property(entries, fc.infiniteStream(fc.nat(100)), (chosen, order) => {
      const shuffled = [...chosen]
        .map((one) => ({ one, at: order.next().value ?? 0 }))
        .sort((left, right) => left.at - right.at)
        .map(({ one }) => one);
      const together = put(
        null,
        chosen.map((one) => [formatArtifact(one.artifact), one]),
      );
      let apart: string | null = null;
      for (const one of shuffled) apart = put(apart, [[formatArtifact(one.artifact), one]]);
      expect(apart).toBe(together);
      const read = parseLock(together);
      expect(read).toEqual(new Map(chosen.map((one) => [formatArtifact(one.artifact), one])));
    }),
    { numRuns: 1000 },
  );
});

test("an edit of one entry leaves the others, comments and unknown keys byte for byte", () => {
  fc.assert(
    fc.property(entries, paths, (chosen, files) => {
      const [first, ...rest] = chosen;
      if (first === undefined) return;
      const marked = `${put(
        null,
        chosen.map((one) => [formatArtifact(one.artifact), one]),
      )}\n[future]\nkey = 1 # kept\n`;
      const edited = put(marked, [
        [formatArtifact(first.artifact), { ...first, commit: "9999", files: entry("x", "", files).files }],
      ]);
      expect(edited).toContain("[future]\nkey = 1 # kept\n");
      const read = parseLock(edited);
      if ("why" in read) throw new Error(read.why);
      expect(read.get(formatArtifact(first.artifact))?.commit).toBe("9999");
      expect([...(read.get(formatArtifact(first.artifact))?.files.keys() ?? [])].sort()).toEqual(
        [...files].sort(),
      );
      for (const one of rest) expect(read.get(formatArtifact(one.artifact))).toEqual(one);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ["no TOML", "[", "not TOML"],
  ["a newer version", "version = 2\n", "newer stet"],
  ["no version", "[artifact]\n", "version"],
  [
    "a hash that is none",
    '[artifact."skill/a"]\nsource="x"\nbase="y"\nat="z"\nby="z"\n[artifact."skill/a".files]\n',
    "version",
  ],
])("%s is a problem and no empty lock (BUGS S12)", (_what, text, why) => {
  const read = parseLock(text);
  expect(read).toHaveProperty("why");
  expect("why" in read ? read.why : "").toContain(why);
  if (why !== "newer stet" && why !== "version") expect(putLocked(text, new Map()).ok).toBe(false);
});

test("docs/format.md shows the lock as it is written", () => {
  const page = readFileSync(new URL("../../../docs/format.md", import.meta.url), "utf8");
  const shown = put(null, [
    ["skill/pdf", entry("pdf", "7f3c9a00000000000000000000000000000000a1", ["SKILL.md", "run.sh"])],
  ]);
  expect(page).toContain(
    shown
      .trimEnd()
      .split("\n")
      .map((line) => (line === "" ? "" : `    ${line}`))
      .join("\n"),
  );
});
