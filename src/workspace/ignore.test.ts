import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { disk, temporaryProject } from "../../test/workspace/temporary-place.ts";
import { loadIgnoreRules } from "./ignore.ts";

const names = [
  ...["SKILL.md", ".git", "a.git", ".gitignore", "NODE_MODULES", "node_modules2", "x.pyc", "x.pyc.md", "._x"],
  ...["_x", "x~", "~x", ".#x", "#x#", "#x", "4913", "49131", ".a.kate-swp", "a.tmp.9", "a.tmp.9z", "a.tmp.z"],
  ...["stet", "local", ".work", ".DS_Store", "Thumbs.db", "thumbsxdb", "a.swo", "desktop.ini", "a\nb.swp"],
];

test("the built-in patterns as one expression say what they say as lines of a .gitignore", () => {
  using plain = temporaryProject();
  using own = temporaryProject();
  // An empty file of one's own is enough for the patterns to be read one by one.
  writeFileSync(join(own.root, ".stetignore"), "");
  const asExpression = loadIgnoreRules(disk, plain.place);
  const asLines = loadIgnoreRules(disk, own.place);
  const segment = fc.oneof(fc.constantFrom(...names), fc.stringMatching(/^[a-z.~#_-]{1,8}$/));
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.boolean(), (segments, isFolder) => {
      fc.pre(segments.every((one) => one !== "." && one !== ".."));
      const path = segments.join("/");
      expect(asExpression.ignores(path, isFolder)).toBe(asLines.ignores(path, isFolder));
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ["skills/pdf/#SKILL.md#", true],
  ["skills/pdf/SKILL.md", false],
  ["skills/pdf/node_modules/x/y.md", true],
  ["stet/local/skills/x/SKILL.md", true],
  ["skills/stet/local/SKILL.md", false],
])("%s is ignored: %s", (path, expected) => {
  using project = temporaryProject();
  expect(loadIgnoreRules(disk, project.place).ignores(path, false)).toBe(expected);
});
