import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { artifactKinds } from "../domain/artifact-kinds.ts";
import { pathProblem } from "../domain/paths.ts";
import { decodeName, encodeName, namePathProblem, newNameProblem } from "./artifact-name.ts";
import { clashes } from "./name-clashes.ts";

describe("names that other tools took (BUGS X2)", () => {
  test.each([
    ["a\nb", "control character"],
    ["a::b", "colon"],
    ["CON", "device name"],
    ["con.txt", "device name"],
    ["aux .md", "device name"],
    ["git/Lpt1", "device name"],
    ["COM¹", "device name"],
    ["-rf", "leading dash"],
    ["git/-rf", "leading dash"],
    ["../../escape", "dot segment"],
    ["a/./b", "dot segment"],
    ["a//b", "dot segment"],
    ["/a", "dot segment"],
    ["x".repeat(300), "too long"],
    ["a\\b", "backslash"],
    ["name.", "trailing dot or space"],
    ["name /b", "trailing dot or space"],
    ["a\u202eb", "control character"],
    ["a\u0000", "control character"],
    ["\ud800", "ill-formed Unicode"],
    ["", "empty"],
  ] as const)("%j: %s", (name, problem) => {
    expect(namePathProblem(name)).toBe(problem);
    expect(newNameProblem("command", name)).toBe(problem);
    expect(() => encodeName(name)).toThrow(RangeError);
  });

  test.each([
    "com",
    "console",
    "com10",
    "null",
    "aux-tools",
    "dotnet-4.8",
    "Über",
    "a b",
    "README",
    ".hidden",
  ])("%s is safe though it looks alike", (name) => {
    expect(namePathProblem(name)).toBeNull();
  });
});

describe("a new name", () => {
  test.each([
    ["skill", "pdf-tools"],
    ["skill", "7zip"],
    ["command", "git/commit"],
    ["agent", "x".repeat(64)],
    ["hooks", "hooks"],
    ["rule", "AGENTS"],
    ["rule", "docs/My Folder/AGENTS"],
  ] as const)("may be %s/%s", (kind, name) => {
    expect(newNameProblem(kind, name)).toBeNull();
  });

  test.each([
    ["skill", "Pdf"],
    ["skill", "pdf--tools"],
    ["skill", "pdf-"],
    ["skill", "pdf_tools"],
    ["skill", "git/commit"],
    ["skill", "x".repeat(65)],
    ["command", "AGENTS"],
    ["hooks", "mine"],
    ["mcp", "a/b"],
    ["rule", "../AGENTS"],
  ] as const)("may not be %s/%s", (kind, name) => {
    expect(newNameProblem(kind, name)).not.toBeNull();
  });
});

const anyName = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom("a", "-", ".", "/", "\\", ":", " ", "%", "C", "é", "N", "\n"),
    maxLength: 10,
  }),
  fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+)*(\/[a-z]+)?$/),
);

describe("names, whatever they are", () => {
  test("what may be new is safe, and what is safe is a path", () => {
    fc.assert(
      fc.property(anyName, fc.constantFrom(...artifactKinds), (name, kind) => {
        if (newNameProblem(kind, name) === null) expect(namePathProblem(name)).toBeNull();
        if (namePathProblem(name) === null) expect(pathProblem(name)).toBeNull();
      }),
      { numRuns: 5_000 },
    );
  });

  test("a name comes back from its one segment of a URL", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        if (namePathProblem(name) !== null) return;
        const segment = encodeName(name);
        expect(segment).not.toMatch(/[/\s?#\\]/);
        expect(decodeName(segment)).toBe(name);
      }),
      { numRuns: 5_000 },
    );
  });

  test("decoding gives a safe name or nothing, and one name has one address (BUGS D5)", () => {
    const hostile = [
      "..%2F..%2Fx",
      "%2e%2e",
      "a%00b",
      "%",
      "%zz",
      "a/b",
      "%67it",
      "a%2fb",
      "%E0%A4%A",
      "CON",
      "",
    ];
    for (const segment of hostile) expect(decodeName(segment)).toBeUndefined();
    fc.assert(
      fc.property(fc.oneof(anyName, fc.constantFrom(...hostile)), (segment) => {
        const name = decodeName(segment);
        if (name === undefined) return;
        expect(namePathProblem(name)).toBeNull();
        expect(encodeName(name)).toBe(segment);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("clashes", () => {
  const named = (kind: (typeof artifactKinds)[number], name: string, declaredName: string | null = null) => ({
    reference: { kind, name },
    declaredName,
  });

  test("twins by case or Unicode form name each other", () => {
    const found = clashes([
      named("skill", "PDF"),
      named("skill", "pdf"),
      named("command", "caf\u00e9"),
      named("command", "cafe\u0301"),
      named("agent", "pdf"),
    ]);
    expect(
      found.map(({ artifact, others, reason }) => [artifact.name, others.map((one) => one.name), reason]),
    ).toEqual([
      ["PDF", ["pdf"], "case"],
      ["pdf", ["PDF"], "case"],
      ["caf\u00e9", ["cafe\u0301"], "unicode"],
      ["cafe\u0301", ["caf\u00e9"], "unicode"],
    ]);
  });

  test("one declared name twice is found, also against a folder's name (BUGS F1)", () => {
    const found = clashes([
      named("agent", "a", "reviewer"),
      named("agent", "team/b", "reviewer"),
      named("skill", "pdf"),
      named("skill", "other", "pdf"),
      named("command", "c", "reviewer"),
      named("agent", "c"),
      named("agent", "d"),
    ]);
    expect(found.map(({ artifact, others, reason }) => [artifact.name, others[0]?.name, reason])).toEqual([
      ["a", "team/b", "declared name"],
      ["team/b", "a", "declared name"],
      ["pdf", "other", "declared name"],
      ["other", "pdf", "declared name"],
    ]);
  });

  test("a rule in a folder is no twin of the instructions in place", () => {
    expect(clashes([named("rule", "agents"), named("rule", "AGENTS")])).toEqual([]);
  });

  test("are mutual, whatever the artifacts", () => {
    const artifact = fc
      .tuple(
        fc.constantFrom("skill", "agent", "rule"),
        fc.constantFrom("a", "A", "é", "e\u0301", "b"),
        fc.option(fc.constantFrom("a", "b")),
      )
      .map(([kind, name, declared]) => named(kind, name, declared));
    const artifacts = fc.uniqueArray(artifact, {
      selector: ({ reference }) => `${reference.kind}/${reference.name}`,
    });
    fc.assert(
      fc.property(artifacts, (all) => {
        const found = clashes(all);
        for (const { artifact: one, others } of found) {
          expect(others).not.toContain(one);
          for (const other of others) {
            expect(found.some((clash) => clash.artifact === other && clash.others.includes(one))).toBe(true);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
