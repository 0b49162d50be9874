import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { literalAutomaton } from "./literal-automaton.ts";
import { secretAnchors } from "./secret-anchors.ts";
import { mayHoldSecret } from "./secret-prefilter.ts";
import { scanningRules } from "./secret-rules.ts";

const librarySource = readFileSync(
  fileURLToPath(import.meta.resolve("@secretlint/secretlint-rule-preset-recommend")),
  "utf8",
);
/** From the first rule on: what is before it is bundled code that finds nothing. */
const ruleSource = librarySource.slice(librarySource.indexOf("AWSAccessKeyIDPattern"));
const patternLines = [...ruleSource.matchAll(/^.*(?:pattern|Patten)\s=\s(?:\/.+|new RegExp.+);$/gim)].map(
  ([line]) => line.trim(),
);

const mayHold = (text: string, path = "a.md") => mayHoldSecret(path, text, () => text);

/** Switched off, not of a secret, or run on what JSON gives and not on the text. */
const otherPatterns = /AWSAccessKeyIDPattern|AWSSecretPatten = new|HTML_COMMENT|const PRIVATE_KEY_PATTERN/;

/**
 * The library's patterns without what only bounds or names a match, and with credentials no longer optional
 * in a connection string (the rule reports none without them).
 */
const searchedPatterns = patternLines
  .filter((line) => !otherPatterns.test(line))
  .map((line) => {
    const [, source = "", flags = ""] = /= \/(.+)\/([a-z]*);$/.exec(line) ?? [];
    const bare = source
      .replace("(?<!\\p{L})", "")
      .replace(/\(\?!(?:\[[^\]]+\]|\\w)\)$/, "")
      .replaceAll("\\b", "")
      .replaceAll(")@)?", ")@)")
      .replaceAll(/\?<\w+>/g, "?:");
    return { anyCase: flags.includes("i"), pattern: new RegExp(bare, flags.includes("u") ? "u" : "") };
  });

/** Turns each letter's case by the bits of a number. */
function withCase(text: string, bits: number): string {
  return [...text]
    .map((letter, index) => ((bits >> (index % 31)) & 1 ? letter.toUpperCase() : letter.toLowerCase()))
    .join("");
}

describe("the words and near-patterns cover the library's rules", () => {
  test("they were made from the patterns that this version of the library has", () => {
    // When this fails: compare every pattern below with src/artifacts/secret-anchors.ts, then take the new value.
    expect(patternLines.length).toBe(39);
    expect(createHash("sha256").update(patternLines.join("\n")).digest("hex")).toBe(
      "f6d9c7f2ff0efc7b24dbe3ecb1f7232dfa19bed8c5df9bbd267e9e3a97ed8f2c",
    );
  });

  test("each rule has an anchor", () => {
    const anchored = new Set(secretAnchors.map(({ rule }) => rule));
    const rules = scanningRules.map(({ meta }) => meta.id.replace("@secretlint/secretlint-rule-", ""));
    expect(rules.filter((rule) => !anchored.has(rule))).toEqual([]);
    expect([...anchored].filter((rule) => !rules.includes(rule))).toEqual([]);
  });

  test.each(searchedPatterns.map((one) => [one.pattern.source.slice(0, 60), one] as const))(
    "whatever %s matches passes",
    (_, { pattern, anyCase }) => {
      const match = fc.stringMatching(pattern);
      fc.assert(
        fc.property(match, fc.string(), fc.string(), fc.nat(), (match, before, after, bits) => {
          const text = `${before}\n${anyCase ? withCase(match, bits) : match}\n${after}`;
          expect(mayHold(text)).toBe(true);
          expect(mayHoldSecret("a.md", new TextEncoder().encode(text), () => text)).toBe(true);
        }),
        { numRuns: 1_000 },
      );
    },
  );

  test("whatever the pattern for AWS keys matches passes", () => {
    const parts = [
      ["", '"', "'"],
      ["", "AWS", "aws", "Aws", "AWS_", "_"],
      ["SECRET", "secret", "Secret"],
      ["", "_"],
      ["ACCESS", "access", "Access"],
      ["", "_"],
      ["KEY", "key", "Key"],
      ["", '"', "'"],
      [":", "=>", "=", " \n= ", "\t: "],
      ["", '"', "'"],
    ].map((choices) => fc.constantFrom(...choices));
    fc.assert(
      fc.property(fc.tuple(...parts), fc.stringMatching(/^[A-Za-z0-9/+=]{40}$/), (words, secret) => {
        expect(mayHold(`${words.join("")}${secret}`)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test("a service account's key in JSON passes however its letters are escaped", () => {
    const escaped = (text: string) => text.replace("p", "\\u0070");
    const key = { private_key_id: "1", private_key: "-----BEGIN PRIVATE KEY-----" };
    expect(mayHold(JSON.stringify(key), "key.json")).toBe(true);
    expect(mayHold(escaped(JSON.stringify(key)), "KEY.JSON")).toBe(true);
    expect(mayHold(JSON.stringify(key))).toBe(false);
  });

  test("what only looks a little like a secret does not pass", () => {
    expect(mayHold("see https://example.com/a:b@c and npm_config, task-list, gh_x, ghp_short")).toBe(false);
    expect(mayHold("postgres://localhost/db and -----BEGIN PRIVATE KEY----- ...")).toBe(false);
  });
});

describe("the automaton", () => {
  test("finds exactly the words that stand in the text, ASCII case aside", () => {
    const letter = fc.constantFrom("a", "b", "A", "_", "é", "🙂");
    const word = fc
      .array(fc.constantFrom("a", "b", "_"), { minLength: 1, maxLength: 4 })
      .map((w) => w.join(""));
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 6 }),
        fc.array(letter).map((l) => l.join("")),
        (words, text) => {
          const expected = words.map((one) => (text.toLowerCase().includes(one) ? 1 : 0));
          for (const form of [text, new TextEncoder().encode(text)]) {
            const found = new Uint8Array(words.length);
            expect(literalAutomaton(words).scan(form, found)).toBe(expected.includes(1));
            expect([...found]).toEqual(expected);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("refuses words that it could not find", () => {
    expect(() => literalAutomaton(["é"])).toThrow(RangeError);
    expect(() => literalAutomaton([""])).toThrow(RangeError);
  });
});
