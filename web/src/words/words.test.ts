import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { en } from "./en.ts";
import { ko } from "./ko.ts";
import { withParticle } from "./particles.ts";
import { spokenText } from "./spoken-text.test-support.ts";
import { timesIn } from "./times.ts";

const source = fileURLToPath(new URL("..", import.meta.url));
const paths = (await Array.fromAsync(glob("**/*.{ts,tsx}", { cwd: source }))).filter(
  (path) => !/\.test\.|\.test-support\./.test(path),
);
const files = paths.map((path) => ({
  path: path.replaceAll("\\", "/"),
  text: readFileSync(join(source, path), "utf8"),
}));

const catalogues: readonly { readonly language: string; readonly words: Readonly<Record<string, object>> }[] =
  [
    { language: "en", words: en },
    { language: "ko", words: ko },
  ];

/** Every text with its key; a text that is a function is called, so that what it says is looked at too. */
function textsOf(words: Readonly<Record<string, object>>): readonly (readonly [key: string, text: string])[] {
  const sample = new Proxy(
    {},
    {
      get: (_target, key) =>
        /^(count|done|all|shown|units|lines|line|number|bytes|status)$/.test(String(key)) ? 2 : "codex",
    },
  );
  return Object.entries(words).flatMap(([area, texts]) =>
    Object.entries(texts).map(([key, text]: [string, unknown]) => {
      const said: unknown = typeof text === "function" ? text(sample) : text;
      return [`${area}.${key}`, String(said)] as const;
    }),
  );
}

describe("the catalogues", () => {
  test("each language has every key, and no other", () => {
    const keys = catalogues.map(({ words }) => textsOf(words).map(([key]) => key));
    expect(keys[0]?.length).toBeGreaterThan(100);
    expect(keys[1]?.toSorted()).toEqual(keys[0]?.toSorted());
  });

  test.each(catalogues)("$language says nothing that is banned, and nothing empty", ({ words }) => {
    // The phrases that the product never says are looked for in every file by test/tidy.
    const banned = /oops|undefined|NaN|\[object/i;
    for (const [key, text] of textsOf(words)) {
      expect(text, key).not.toMatch(banned);
      expect(text.trim(), key).not.toBe("");
    }
  });

  test("what is Korean has no English sentence in it", () => {
    for (const [key, text] of textsOf(ko)) {
      const english = text.replace(/codex|stet|JSON|KB|\bB\b|F7/g, "").match(/[A-Za-z]{2,}/g);
      expect(english, `${key}: ${text}`).toBeNull();
    }
  });

  test("every key is used", () => {
    const code = files
      .filter(({ path }) => !path.startsWith("words/"))
      .map(({ text }) => text)
      .join("\n");
    const unused = textsOf(en).filter(([key]) => {
      const [area = "", name = ""] = key.split(".");
      // An area that is looked up by a code is used as a whole.
      const byCode = new RegExp(`\\b${area}\\[|wordOf\\((words\\.)?${area},`).test(code);
      return (
        !byCode &&
        !new RegExp(`\\b(${area}|words)(\\.${area})?\\.${name}\\b`).test(code) &&
        !usedAsSlots(area, name)
      );
    });
    expect(unused.map(([key]) => key)).toEqual([]);
  });

  test("the code has no words of its own", () => {
    const found = files.filter(({ path }) => path.endsWith(".tsx")).flatMap(spokenText);
    expect(found).toEqual([]);
  });

  test("words in code are noticed", () => {
    const bad = [
      "const a = <p>Hello there</p>;",
      'const a = <p title="Hello" />;',
      'const a = <img alt={"A lamp"} />;',
      'const a = <Menu name="More" />;',
      "const a = <p>{isOpen ? `Open` + n : null}</p>;",
    ];
    for (const text of bad) expect(spokenText({ path: "a.tsx", text }), text).not.toEqual([]);
    const good = [
      'const a = <p className="line" role="alert">{words.shell.close}</p>;',
      "const a = <b>{a}{` · `} ×</b>;",
    ];
    for (const text of good) expect(spokenText({ path: "a.tsx", text }), text).toEqual([]);
  });
});

/** The texts of errors are passed on as a whole, to where errors are put into words. */
function usedAsSlots(area: string, name: string): boolean {
  const text = files.find(({ path }) => path === "api/api-error.ts")?.text ?? "";
  return area === "shell" && new RegExp(`\\bwords\\.${name}\\b`).test(text);
}

describe("Korean particles", () => {
  test.each([
    ["사람", "을/를", "사람을"],
    ["나무", "을/를", "나무를"],
    ["codex", "이/가", "codex가"],
    ["claude-code", "이/가", "claude-code가"],
    ["git", "이/가", "git이"],
    ["cursor", "와/과", "cursor와"],
    ["opencode.ai", "을/를", "opencode.ai를"],
    ["a1", "으로/로", "a1로"],
    ["v3", "으로/로", "v3으로"],
    ["v6", "을/를", "v6을"],
    ["서울", "으로/로", "서울로"],
    ["gem", "은/는", "gem은"],
  ] as const)("%s with %s", (word, particle, expected) => {
    expect(withParticle(word, particle)).toBe(expected);
  });
});

describe("times", () => {
  const now = Date.UTC(2026, 10, 22, 14, 2);
  test("are as short as they can be", () => {
    const { short, clock, ago } = timesIn("en", "UTC");
    expect(clock(now)).toBe("14:02");
    expect(short(now, now)).toBe("14:02");
    expect(short(now - 86_400_000, now)).toBe("21 Nov, 14:02");
    expect(short(Date.UTC(2024, 0, 5), now)).toBe("5 Jan 2024");
    expect(ago(now - 180_000, now)).toBe("3 minutes ago");
    expect(timesIn("ko", "UTC").ago(now - 180_000, now)).toBe("3분 전");
  });
});
