import { bannedLines, type Rule } from "./rule.ts";
import { isCode, isTest, type SourceFile } from "./source-file.ts";

const fileLinesMax = 500;
const testLinesMax = 800;

// The rules' own files spell out what they ban.
const isElsewhere = (file: SourceFile) => !file.path.startsWith("test/tidy/");
const isProduct = (file: SourceFile) => /^(src|web|docs|bin)\/|^README\.md$/.test(file.path);

/** Promises that the product makes in words: it says what was kept, and names the other writer. */
export const productWords = bannedLines(
  "product words",
  [/cannot be undone/i, /\bsomeone else\b/i, /\bcurrent\s*\/\s*incoming\b/i, /\blocal\s*\/\s*remote\b/i],
  isProduct,
);

export const reminders = bannedLines(
  "reminders have an owner",
  [/\b(TODO|FIXME|XXX)\b(?!\(\w)/],
  isElsewhere,
);

// Ana is the person of the examples.
export const machinePaths = bannedLines(
  "no paths of one machine",
  [/(^|[\s"'`(=:])\/(home|Users|root|work)\/(?!ana\b)/],
  isElsewhere,
);

// Any mirror serves stet; only a test may need the name of one, as text to look at.
export const registryHosts = bannedLines(
  "no registry hosts",
  [/registry\.[a-z]+js\.org/],
  (file) => isElsewhere(file) && !isTest(file),
);

export const suppressions = bannedLines(
  "nothing is hidden from the tools",
  [/biome-ignore(-\w+)? lint/, /@ts-(ignore|nocheck)/, /eslint-disable/, /(v8|c8|istanbul) ignore/],
  (file) => isCode(file) && isElsewhere(file),
);

// A type test states a type error that must be there; elsewhere the same comment hides one.
export const expectedErrors = bannedLines(
  "expected type errors only in tests",
  [/@ts-expect-error/],
  (file) => isCode(file) && !isTest(file),
);

export const fileLength: Rule = {
  name: "file length",
  appliesTo: isCode,
  find(file) {
    const lines = file.text.trimEnd().split("\n").length;
    const linesMax = isTest(file) ? testLinesMax : fileLinesMax;
    return lines > linesMax ? [`${file.path}: ${lines} lines, at most ${linesMax}`] : [];
  },
};

export const fileNames: Rule = {
  name: "file names say what is inside",
  appliesTo: isCode,
  find(file) {
    const vague = /(^|[/.-])(utils?|helpers?|common|managers?|misc)([/.-]|$)/.exec(file.path);
    return vague === null ? [] : [`${file.path}: "${vague[2]}"`];
  },
};
