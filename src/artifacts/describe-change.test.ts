import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { ArtifactReference } from "../domain/artifact-kinds.ts";
import { executableMode, regularMode } from "../domain/files.ts";
import { type BlobId, hashIdFromBytes } from "../domain/ids.ts";
import { groupArtifacts } from "./artifact.ts";
import { pathOfInner } from "./artifact-path.ts";
import { changeSummary } from "./change-summary.ts";
import { type ArtifactFiles, describeChange } from "./describe-change.ts";

type Files = Readonly<Record<string, string>>;

function version(reference: ArtifactReference, files: Files, mode = regularMode): ArtifactFiles {
  const bytes = new Map<string, Uint8Array>();
  const entries = Object.entries(files).map(([inner, text]) => {
    const path = pathOfInner(reference, inner);
    if (path === null) throw new Error(`no place for ${inner}`);
    const content = new TextEncoder().encode(text);
    bytes.set(path, content);
    const blob = hashIdFromBytes<BlobId>(createHash("sha256").update(content).digest());
    return [path, { blob, mode, size: content.length }] as const;
  });
  const [artifact] = groupArtifacts(new Map(entries));
  if (artifact === undefined) throw new Error("no files");
  return { artifact, main: artifact.main === null ? null : (bytes.get(artifact.main.path) ?? null) };
}

const skill = (text: string, files: Files = {}) =>
  version({ kind: "skill", name: "pdf" }, { "SKILL.md": text, ...files });
const agent = (fields: string) =>
  version({ kind: "agent", name: "a" }, { "agent.md": `---\n${fields}\n---\nDo it.\n` });
const command = (text: string) => version({ kind: "command", name: "c" }, { "command.md": text });

const head = "---\nname: pdf\ndescription: Reads.\n---\n";
const body = "# PDF\n\nIntro.\n\n## Usage\n\nRun it.\n\n## Flags\n\n-a\n\n## Notes\n\nNone.\n";

function told(before: ArtifactFiles | null, after: ArtifactFiles | null) {
  const { delta, bump, breaking } = describeChange(before, after);
  return { bump, breaking, summary: changeSummary(delta) };
}

describe("in the words of a log", () => {
  test("edited sections, then fields", () => {
    const after = skill(
      head.replace("---\n", "---\ntools: Read\n") +
        body.replace("Run it.", "Run it now.").replace("-a", "-b"),
    );
    expect(told(skill(head + body), after)).toEqual({
      bump: "minor",
      breaking: [],
      summary: "edited Usage, Flags; added field tools",
    });
  });

  test("nothing but words is a patch", () => {
    expect(told(skill(head + body), skill(head + body.replace("None.", "Some.")))).toEqual({
      bump: "patch",
      breaking: [],
      summary: "edited Notes",
    });
  });

  test("line ends and a byte order mark change the file and no section", () => {
    const after = skill(`\uFEFF${(head + body).replaceAll("\n", "\r\n")}`);
    const { delta, bump } = describeChange(skill(head + body), after);
    expect(delta).toMatchObject({
      fields: [],
      sections: [],
      files: [{ path: "SKILL.md", change: "changed" }],
    });
    expect([bump, changeSummary(delta)]).toEqual(["patch", "changed SKILL.md"]);
  });

  test("files that came, went and changed, also only in their mode", () => {
    const before = skill(head + body, { "a.md": "1", "b.md": "1" });
    const after = skill(head + body, { "b.md": "2", "scripts/run.py": "3" });
    expect(told(before, after)).toEqual({
      bump: "minor",
      breaking: [],
      summary: "changed b.md; added file scripts/run.py; removed file a.md",
    });
    const reference = { kind: "skill", name: "pdf" } as const;
    const files = { "SKILL.md": head };
    expect(told(version(reference, files), version(reference, files, executableMode))).toMatchObject({
      bump: "patch",
      summary: "changed SKILL.md",
    });
  });

  test("no change at all", () => {
    expect(told(skill(head + body), skill(head + body))).toEqual({
      bump: null,
      breaking: [],
      summary: "no change",
    });
  });

  test("a heading cannot break the line or take it over", () => {
    const after = skill(`${head}${body}## ${"x".repeat(100)}\u202e\n\nText.\n`);
    expect(told(skill(head + body), after).summary).toBe(`added section ${"x".repeat(60)}...`);
  });

  test("new, gone, and moved to another name", () => {
    expect(told(null, skill(head))).toEqual({ bump: "minor", breaking: [], summary: "added skill/pdf" });
    expect(told(skill(head), null)).toEqual({
      bump: "major",
      breaking: ["skill/pdf was removed."],
      summary: "removed skill/pdf",
    });
    const renamed = version({ kind: "skill", name: "docs" }, { "SKILL.md": head });
    expect(told(skill(head), renamed)).toMatchObject({
      bump: "major",
      breaking: ["It is now called skill/docs instead of skill/pdf."],
    });
    expect(() => describeChange(null, null)).toThrow(RangeError);
  });
});

describe("breaks those who rely on it", () => {
  const fields = "name: a\ndescription: b";
  test.each([
    [
      "another declared name",
      `${fields}`,
      "name: z\ndescription: b",
      "Its declared name changed from a to z.",
    ],
    ["no declared name", fields, "description: b", "Its declared name a was removed."],
    ["a tool less", `${fields}\ntools: Read, Bash`, `${fields}\ntools: Read`, "It may no longer use Bash."],
    [
      "a narrower tool",
      `${fields}\ntools: Bash`,
      `${fields}\ntools: Bash(git:*)`,
      "It may no longer use Bash.",
    ],
    [
      "some tools instead of all",
      fields,
      `${fields}\ntools: [Read]`,
      "It may use only Read instead of every tool.",
    ],
    ["a tool denied", fields, `${fields}\ndisallowedTools: Write`, "It may no longer use Write."],
    [
      "fewer tools without asking",
      `${fields}\nallowed-tools: Bash(git add:*) Read`,
      `${fields}\nallowed-tools: Read`,
      "It is no longer allowed Bash(git add:*) without asking.",
    ],
    [
      "an argument less",
      `${fields}\nargument-hint: "[file] <to>"`,
      `${fields}\nargument-hint: "[file]"`,
      "It no longer takes to.",
    ],
    [
      "hints that YAML takes for a list",
      `${fields}\nargument-hint: [file]`,
      fields,
      "It no longer takes file.",
    ],
    [
      "a named argument less",
      `${fields}\narguments: [a, b]`,
      `${fields}\narguments: [b]`,
      "It no longer takes a.",
    ],
    [
      "no calls by people",
      fields,
      `${fields}\nuser-invocable: false`,
      "It can no longer be called by a person.",
    ],
    [
      "no calls by models",
      fields,
      `${fields}\ndisable-model-invocation: true`,
      "It can no longer be called by a model.",
    ],
    ["unreadable frontmatter", fields, "name: a\n- b", "Its frontmatter can no longer be read."],
  ])("%s", (_, before, after, sentence) => {
    expect(told(agent(before), agent(after))).toMatchObject({ bump: "major", breaking: [sentence] });
  });

  test.each([
    ["a further tool", `${fields}\ntools: Read`, `${fields}\ntools: Read, Write`, "patch"],
    ["a wider tool", `${fields}\ntools: Bash(git:*)`, `${fields}\ntools: [Bash]`, "patch"],
    ["every tool instead of some", `${fields}\ntools: Read`, fields, "minor"],
    [
      "tools in another order and form",
      `${fields}\ntools: Read, Bash`,
      `${fields}\ntools: [Bash, Read]`,
      "patch",
    ],
    ["a further argument", `${fields}\nargument-hint: "[a]"`, `${fields}\nargument-hint: "[a] [b]"`, "patch"],
    ["another model", `${fields}\nmodel: opus`, `${fields}\nmodel: haiku`, "minor"],
    ["another description", fields, "name: a\ndescription: c", "patch"],
    ["a new field", fields, `${fields}\ncolor: red`, "minor"],
  ])("not so %s", (_, before, after, bump) => {
    expect(told(agent(before), agent(after))).toMatchObject({ bump, breaking: [] });
  });

  test("a command's placeholders are its arguments, until `$ARGUMENTS` takes all", () => {
    expect(told(command("Do $1 with $2.\n"), command("Do $1.\n"))).toMatchObject({ bump: "major" });
    expect(told(command("Do $ARGUMENTS.\n"), command("Do it.\n")).breaking).toEqual([
      "Its text no longer uses $ARGUMENTS.",
    ]);
    expect(told(command("Do $1 with $2.\n"), command("Do $ARGUMENTS.\n"))).toMatchObject({ bump: "patch" });
    expect(told(command("Do $ARGUMENTS.\n"), command("Do $1.\n"))).toMatchObject({ bump: "patch" });
    expect(told(skill(`${head}awk $1\n`), skill(`${head}awk\n`))).toMatchObject({ bump: "patch" });
  });

  test("a skill without its main file", () => {
    const without = version({ kind: "skill", name: "pdf" }, { "notes.md": "x" });
    expect(told(skill(head, { "notes.md": "x" }), without).breaking).toEqual(["Its main file is gone."]);
  });
});
