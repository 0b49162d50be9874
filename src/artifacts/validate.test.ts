import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FileEntry, regularMode, symlinkMode } from "../domain/files.ts";
import { hashIdFromBytes } from "../domain/ids.ts";
import { type CollectionPath, pathOf } from "../domain/paths.ts";
import { type Artifact, groupArtifacts } from "./artifact.ts";
import { declaredName, readArtifactText } from "./artifact-text.ts";
import { validateArtifact } from "./validate.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

function entry(size = 1, mode = regularMode): FileEntry {
  return { blob: hashIdFromBytes(new Uint8Array(32)), mode, size };
}

function artifactAt(paths: readonly string[], mode = regularMode): Artifact {
  const entries = new Map<CollectionPath, FileEntry>(paths.map((path) => [pathOf(path), entry(1, mode)]));
  const [artifact] = groupArtifacts(entries);
  if (artifact === undefined) throw new Error(`no artifact at ${paths.join(", ")}`);
  return artifact;
}

/** `severity code line` of each finding. */
function told(path: string, main: string | Uint8Array, profile: "lenient" | "spec" = "lenient") {
  const bytes = typeof main === "string" ? bytesOf(main) : main;
  return validateArtifact(artifactAt([path]), bytes, profile).map(
    ({ severity, code, line }) => `${severity} ${code} ${line ?? "-"}`,
  );
}

const good =
  "---\nname: pdf\ndescription: Reads PDF files. Use when a PDF is given.\n---\n\n# PDF\n\nRead it.\n";

describe("a skill", () => {
  const skill = "skills/pdf/SKILL.md";
  const withFields = (fields: string) => `---\n${fields}\n---\nDo it.\n`;
  const described = "description: Reads PDF files.";

  test("that keeps the specification has no findings", () => {
    expect(told(skill, good, "spec")).toEqual([]);
    expect(told(skill, good)).toEqual([]);
  });

  test.each([
    ["no frontmatter", "Do it.\n", ["frontmatter-missing 1"]],
    ["no name", withFields(described), ["name-missing 1"]],
    ["no description", withFields("name: pdf"), ["description-missing 1"]],
    ["an empty description", withFields("name: pdf\ndescription: ''"), ["description-missing 1"]],
    ["a long description", withFields(`name: pdf\ndescription: ${"x".repeat(1025)}`), ["field-long 3"]],
    ["another name than its folder", withFields(`name: doc\n${described}`), ["name-differs 2"]],
    ["a name in upper case", withFields(`${described}\nname: PDF`), ["name-spec 3", "name-differs 3"]],
    ["two hyphens", withFields(`name: p--f\n${described}`), ["name-spec 2", "name-differs 2"]],
    ["a long name", withFields(`name: ${"x".repeat(65)}\n${described}`), ["name-spec 2", "name-differs 2"]],
    ["a number as its name", withFields(`name: 12\n${described}`), ["field-type 2"]],
    ["broken YAML", withFields("name: pdf\n\tdescription: x\n  - y"), ["frontmatter-invalid 3"]],
    [
      "YAML that quoting mends",
      withFields("name: pdf\ndescription: Use when: asked"),
      ["frontmatter-repaired 3"],
    ],
    ["bytes that are not UTF-8", new Uint8Array([0x2d, 0xff, 0xfe]), ["encoding -"]],
  ] as const)("with %s: refused by the specification, a warning or note on import", (_, main, codes) => {
    expect(told(skill, main, "spec")).toEqual(codes.map((code) => `error ${code}`));
    const lenient = told(skill, main);
    expect(lenient.map((one) => one.replace(/^(warning|note) /, ""))).toEqual(codes);
  });

  test.each([
    ["an unknown field", withFields(`name: pdf\n${described}\nversion: 1.0`), ["error field-unknown 4"]],
    ["tools as a list", withFields(`name: pdf\n${described}\nallowed-tools: [Read]`), ["error field-type 4"]],
    [
      "a long compatibility",
      withFields(`name: pdf\n${described}\ncompatibility: ${"x".repeat(501)}`),
      ["error field-long 4"],
    ],
    ["metadata that is no map", withFields(`name: pdf\n${described}\nmetadata: 3`), ["error field-type 4"]],
    [
      "numbers in metadata",
      withFields(`name: pdf\n${described}\nmetadata:\n  version: 1.0`),
      ["warning field-type 4"],
    ],
    ["a byte order mark", `\uFEFF${good}`, ["error encoding 1"]],
    ["very many lines", good + "x\n".repeat(500), ["note body-long 5"]],
  ])("with %s: only the specification minds", (_, main, expected) => {
    expect(told(skill, main, "spec")).toEqual(expected);
    expect(told(skill, main)).toEqual([]);
  });

  test("with a name in another script is taken with a warning", () => {
    const korean = withFields(`name: 번역\n${described}`);
    expect(told("skills/번역/SKILL.md", korean, "spec")).toEqual(["warning name-spec 2"]);
  });

  test("without its main file, or with it in another case, is told so", () => {
    const without = artifactAt(["skills/pdf/notes.md"]);
    expect(without.main).toBeNull();
    expect(validateArtifact(without, null, "spec").map(({ code }) => code)).toEqual(["main-missing"]);
    expect(told("skills/pdf/skill.md", good, "spec")).toEqual(["warning main-case -"]);
  });

  test("whose main file is a link is not read through it", () => {
    const findings = validateArtifact(artifactAt([skill], symlinkMode), bytesOf("../x"), "spec");
    expect(findings.map(({ code }) => code)).toEqual(["main-link"]);
  });

  test("with files that differ by case names them", () => {
    const artifact = artifactAt([skill, "skills/pdf/a.md", "skills/pdf/A.md"]);
    const findings = validateArtifact(artifact, bytesOf(good), "lenient");
    expect(
      findings.map(({ path, message }) => [path, message.includes(path === "a.md" ? '"A.md"' : '"a.md"')]),
    ).toEqual([
      ["A.md", true],
      ["a.md", true],
    ]);
  });

  test("with a name that no path can be is an error on import too", () => {
    expect(
      told("skills/CON/SKILL.md", good.replace("pdf", "CON")).filter((one) => one.startsWith("error")),
    ).toEqual(["error name-path -"]);
  });
});

describe("the other kinds", () => {
  test("a command and a rule need no frontmatter", () => {
    for (const path of ["commands/git/commit.md", "rules/style.md", "@project/AGENTS.md"]) {
      expect(told(path, "Commit what is staged.\n", "spec")).toEqual([]);
    }
  });

  test("a broken frontmatter of a command is told with its line", () => {
    const broken = (yaml: string) => told("commands/x.md", `---\n${yaml}\n---\nDo $1\n`);
    expect(broken("argument-hint: [a] [b]")).toEqual(["warning frontmatter-repaired 2"]);
    expect(broken("a: 1\n- b")).toEqual(["warning frontmatter-invalid 3"]);
  });

  test("an agent needs a name and a description", () => {
    expect(told("agents/a.md", "---\nmodel: opus\n---\nDo it.\n", "spec")).toEqual([
      "error name-missing 1",
      "error description-missing 1",
    ]);
    const full = "---\nname: Reviewer\ndescription: Reviews.\ntools: {a: 1}\n---\n";
    expect(told("agents/a.md", full)).toEqual([
      "warning name-spec 2",
      "warning field-type 4",
      "warning body-empty 6",
    ]);
  });

  test("a server needs a command or an address, and its file is JSON with comments", () => {
    expect(told("stet/mcp/files.json", '{ // here\n "command": "npx" }')).toEqual([]);
    expect(told("stet/mcp/files.json", '{"type": "stdio"}')).toEqual(["warning field-missing 1"]);
    expect(told("stet/mcp/files.json", '{\n"command": }', "spec")).toEqual(["error json-invalid 2"]);
    expect(told("stet/hooks.json", "[]")).toEqual(["warning json-invalid 1"]);
  });

  test("a server's keys are what runtimes take them for, and the line of the one that is not is named", () => {
    expect(told("stet/mcp/a.json", '{\n "command": "npx",\n "args": "-y"\n}')).toEqual([
      "warning field-type 3",
    ]);
    expect(
      told("stet/mcp/a.json", '{\n "url": "https://a.example",\n "type": "carrier-pigeon"\n}', "spec"),
    ).toEqual(["error field-type 3"]);
    expect(told("stet/mcp/a.json", '{\n "type": "http",\n "command": "npx"\n}')).toEqual([
      "warning field-missing 1",
    ]);
    expect(told("stet/mcp/a.json", '{\n "command": "npx",\n "mine": [1]\n}')).toEqual([]);
  });

  test("a hook set has lists of rules by event, and the line of what is none is named", () => {
    const set = (rules: string) => `{\n "hooks": {\n  "Stop": ${rules}\n }\n}`;
    expect(told("stet/hooks.json", set('[{"hooks": [{"type": "command", "command": "./bye"}]}]'))).toEqual(
      [],
    );
    expect(told("stet/hooks.json", set('"./bye"'))).toEqual(["warning field-type 3"]);
    expect(told("stet/hooks.json", set('[\n   {"hooks": "./bye"}]'), "spec")).toEqual(["error field-type 4"]);
  });
});

describe("whatever the bytes", () => {
  const paths = [
    "skills/a/SKILL.md",
    "agents/a.md",
    "commands/a.md",
    "rules/a.md",
    "stet/mcp/a.json",
    "stet/hooks.json",
  ];
  const piece = fc.constantFrom(
    "---\n",
    "name: ",
    "a",
    "\n",
    "description: x: y\n",
    "\t",
    "{",
    '"',
    "[",
    "\uFEFF",
    "é",
    "- ",
    "&a *a\n",
  );
  const bytes = fc.oneof(
    fc.array(piece, { maxLength: 20 }).map((pieces) => bytesOf(pieces.join(""))),
    fc.uint8Array({ maxLength: 60 }),
  );

  test("validation answers, import has no error, and lines are lines of the text", () => {
    fc.assert(
      fc.property(fc.constantFrom(...paths), bytes, (path, main) => {
        const artifact = artifactAt([path]);
        const lines = new TextDecoder().decode(main).split("\n").length;
        for (const profile of ["lenient", "spec"] as const) {
          for (const { severity, line, message } of validateArtifact(artifact, main, profile)) {
            if (profile === "lenient") expect(severity).not.toBe("error");
            if (line !== null) expect(line >= 1 && line <= lines + 1).toBe(true);
            expect(message.includes("\n")).toBe(false);
          }
        }
        const name = declaredName(artifact.reference.kind, readArtifactText(artifact.reference.kind, main));
        expect(name === null || name !== "").toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});
