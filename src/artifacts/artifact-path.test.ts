import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ArtifactReference, artifactKinds, formatArtifact } from "../domain/artifact-kinds.ts";
import { parsePath, pathOf } from "../domain/paths.ts";
import { artifactOfPath, pathOfInner, placeOfArtifact } from "./artifact-path.ts";

function told(path: string): string | null {
  const part = artifactOfPath(pathOf(path));
  return part === null ? null : `${formatArtifact(part.artifact)}:${part.inner}`;
}

describe("a path belongs to", () => {
  test.each([
    ["skills/pdf/SKILL.md", "skill/pdf:SKILL.md"],
    ["skills/pdf/scripts/a/run.py", "skill/pdf:scripts/a/run.py"],
    ["skills/team/pdf/SKILL.md", "skill/team:pdf/SKILL.md"],
    ["agents/reviewer.md", "agent/reviewer:agent.md"],
    ["agents/team/reviewer.md", "agent/team/reviewer:agent.md"],
    ["agents/README.md", "agent/README:agent.md"],
    ["commands/git/commit.md", "command/git/commit:command.md"],
    ["commands/a.b.md", "command/a.b:command.md"],
    ["rules/web/style.md", "rule/web/style:rule.md"],
    ["stet/mcp/files.json", "mcp/files:mcp.json"],
    ["stet/hooks.json", "hooks/hooks:hooks.json"],
    ["reports/week/report.md", "report/week:report.md"],
    ["@project/AGENTS.md", "rule/AGENTS:rule.md"],
    ["@project/docs/api/AGENTS.md", "rule/docs/api/AGENTS:rule.md"],
    ["@project/CLAUDE.md", "rule/CLAUDE:rule.md"],
  ])("%s: %s", (path, expected) => {
    expect(told(path)).toBe(expected);
  });

  test.each([
    "skills/README.md",
    "agents/README.txt",
    "agents/foo/data.json",
    "agents/.md",
    "commands/git/.md",
    "commands/x.MD",
    "stet/mcp/a/b.json",
    "stet/collection.toml",
    "stet/overrides/skill/pdf/codex.md",
    "stet/local/skills/pdf/SKILL.md",
    "@project/README.md",
    "@project/CLAUDE.local.md",
    "rules/AGENTS.md",
    "rules/docs/CLAUDE.md",
    "notes.md",
  ])("%s: nothing, and is no error", (path) => {
    expect(told(path)).toBeNull();
  });
});

describe("an artifact without a place", () => {
  test.each([
    { kind: "skill", name: "a/b" },
    { kind: "skill", name: "" },
    { kind: "skill", name: ".." },
    { kind: "agent", name: "../../x" },
    { kind: "agent", name: "a//b" },
    { kind: "agent", name: "a/" },
    { kind: "mcp", name: "a/b" },
    { kind: "hooks", name: "other" },
    { kind: "rule", name: "../AGENTS" },
  ] as const)("$kind/$name (BUGS D5)", (artifact) => {
    expect(placeOfArtifact(artifact)).toBeNull();
    expect(pathOfInner(artifact, "SKILL.md")).toBeNull();
  });
});

const segment = fc.oneof(
  fc.constantFrom(
    "skills",
    "agents",
    "commands",
    "rules",
    "stet",
    "mcp",
    "AGENTS",
    "CLAUDE",
    "hooks",
    "a",
    "é",
  ),
  fc.string({ minLength: 1, maxLength: 8 }),
);
const fileName = fc
  .tuple(segment, fc.constantFrom(".md", ".json", "", ".txt", ".MD"))
  .map((parts) => parts.join(""));
const prefix = fc.constantFrom(
  "skills",
  "agents",
  "commands",
  "rules",
  "stet/mcp",
  "stet",
  "reports",
  "@project",
  "x",
);
const anyPath = fc
  .tuple(prefix, fc.array(segment, { maxLength: 3 }), fileName)
  .map(([first, middle, last]) => parsePath([first, ...middle, last].join("/")));
const anyReference: fc.Arbitrary<ArtifactReference> = fc.record({
  kind: fc.constantFrom(...artifactKinds),
  name: fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/")),
});

describe("paths and artifacts, whatever they are", () => {
  test("a path comes back from the artifact and inner path that it gave", () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        const part = path === undefined ? null : artifactOfPath(path);
        if (part !== null) expect(pathOfInner(part.artifact, part.inner)).toBe(path);
      }),
      { numRuns: 5_000 },
    );
  });

  test("an artifact comes back from its main path, so no two share a place", () => {
    fc.assert(
      fc.property(anyReference, (reference) => {
        const place = placeOfArtifact(reference);
        if (place !== null) expect(artifactOfPath(place.main)?.artifact).toEqual(reference);
      }),
      { numRuns: 5_000 },
    );
  });
});
