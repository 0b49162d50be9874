import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { regularMode, symlinkMode } from "../../domain/files.ts";
import { tomlDocument } from "../../formats/toml-document.ts";
import type { FileContents } from "./adapter.ts";
import { codexAgentAdapter } from "./codex-agent.ts";

const artifact = { kind: "agent", name: "reviewer" } as const;
const canonicalName = "agents/reviewer.md";
const targetName = ".codex/agents/reviewer.toml";

function one(path: string, text: string, mode = regularMode): FileContents {
  return new Map([[path, { bytes: new TextEncoder().encode(text), mode }]]);
}

function textOf(files: FileContents): string {
  const [file] = files.values();
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(file?.bytes);
}

function rendering(markdown: string, present?: string) {
  return codexAgentAdapter.render({
    artifact,
    files: one(canonicalName, markdown),
    present: present === undefined ? new Map() : one(targetName, present),
    targetPath: () => targetName,
  });
}

function rendered(markdown: string, present?: string): string {
  const result = rendering(markdown, present);
  if (result.outcome === "blocked") throw new Error(result.why);
  return textOf(result.files);
}

function parsing(toml: string, previous?: string) {
  return codexAgentAdapter.parse({
    artifact,
    files: one(targetName, toml),
    previous: previous === undefined ? new Map() : one(canonicalName, previous),
    canonicalPath: () => canonicalName,
  });
}

function parsed(toml: string, previous?: string): string {
  const result = parsing(toml, previous);
  if (result.outcome === "problem") throw new Error(result.why);
  return textOf(result.files);
}

const reviewer = `---
name: reviewer   # who it is
description: "Reviews a change: correctness, tests"
tools: Read, Grep
color: teal
model: sonnet
---

You review changes.

- Say what breaks.
- Say nothing else.
`;

// The keys and that they are asked for: developers.openai.com/codex/subagents.md and codex-rs, agent roles.
const reviewerToml = `name = "reviewer"
description = "Reviews a change: correctness, tests"
developer_instructions = """
You review changes.

- Say what breaks.
- Say nothing else.
"""
`;

describe("render", () => {
  test("a canonical agent as Codex reads it", () => {
    expect(rendered(reviewer)).toBe(reviewerToml);
  });

  test("what Codex cannot express is named", () => {
    const result = rendering(reviewer);
    expect(result.outcome === "rendered" && result.dropped.map(({ field }) => field)).toEqual([
      "tools",
      "color",
      "model",
    ]);
    expect(result.outcome === "rendered" && result.dropped.every(({ why }) => why !== "")).toBe(true);
  });

  test("a model that Codex knows goes along; `inherit` is what Codex does anyway", () => {
    expect(rendered(reviewer.replace("sonnet", "gpt-5.5-codex"))).toContain('model = "gpt-5.5-codex"');
    const result = rendering(reviewer.replace("sonnet", "inherit"));
    expect(result.outcome === "rendered" && result.dropped.some(({ field }) => field === "model")).toBe(
      false,
    );
  });

  test("keys that the user added in the target are kept, with comments and order", () => {
    const present = `# mine\nsandbox_mode = "read-only" # careful\n${reviewerToml}\n[skills]\nconfig = []\n`;
    expect(rendered(reviewer, present)).toBe(present);
    const changed = rendered(reviewer.replace("Say nothing else.", "Stop there."), present);
    expect(changed).toContain('# mine\nsandbox_mode = "read-only" # careful\n');
    expect(changed).toContain("- Stop there.\n");
    expect(changed).toContain("[skills]\nconfig = []\n");
  });

  test("a model that the user chose in the target is kept while the canonical file names none", () => {
    const present = `model = "gpt-5.5"\n${reviewerToml}`;
    expect(rendered(reviewer, present)).toBe(present);
  });

  test.each([
    ["no frontmatter", "You review.\n", "no frontmatter"],
    ["invalid YAML", "---\nname: a\ndescription: Use when: asked\n---\nGo.\n", "not valid YAML"],
    ["broken YAML", "---\nname: [a\n---\nGo.\n", "not valid YAML"],
    ["no description", "---\nname: a\n---\nGo.\n", "no `description`"],
    ["a description that is a list", "---\nname: a\ndescription: [b]\n---\nGo.\n", "no `description`"],
    ["a name that is a number", "---\nname: 1\ndescription: b\n---\nGo.\n", "`name` is not text"],
    ["no text", "---\nname: a\ndescription: b\n---\n\n", "no text"],
  ])("%s is blocked, with the reason", (_, markdown, why) => {
    const result = rendering(markdown);
    expect(result.outcome === "blocked" && result.why).toContain(why);
  });

  test("a target that is not TOML is left alone", () => {
    const result = rendering(reviewer, "name = reviewer\n");
    expect(result.outcome === "blocked" && result.why).toContain("not valid TOML (line 1");
  });

  test("a symbolic link at the target is never written through (BUGS D6)", () => {
    const result = codexAgentAdapter.render({
      artifact,
      files: one(canonicalName, reviewer),
      present: one(targetName, "/etc/passwd", symlinkMode),
      targetPath: () => targetName,
    });
    expect(result.outcome).toBe("blocked");
  });
});

describe("parse", () => {
  test("an edit in the TOML comes back and touches only what changed", () => {
    const edited = reviewerToml.replace("Say nothing else.", "Say it kindly.");
    expect(parsed(edited, reviewer)).toBe(reviewer.replace("Say nothing else.", "Say it kindly."));
    const renamed = reviewerToml.replace(
      'description = "Reviews a change: correctness, tests"',
      'description = "Short"',
    );
    expect(parsed(renamed, reviewer)).toBe(
      reviewer.replace('"Reviews a change: correctness, tests"', '"Short"'),
    );
  });

  test("line ends and BOM of the canonical file stay (BUGS D7)", () => {
    const windows = `\uFEFF${reviewer.replaceAll("\n", "\r\n")}`;
    expect(parsed(reviewerToml, windows)).toBe(windows);
    const edited = reviewerToml.replace("- Say nothing else.", "- Be brief.\n- Be kind.");
    expect(parsed(edited, windows)).toBe(windows.replace("- Say nothing else.", "- Be brief.\r\n- Be kind."));
  });

  test("an agent that is only there becomes Markdown; what has no place in it is named", () => {
    const result = parsing(`sandbox_mode = "read-only"\nmodel = "gpt-5.5"\n${reviewerToml}`);
    expect(result.outcome === "parsed" && result.foreign).toEqual(["sandbox_mode", "model"]);
    expect(parsed(reviewerToml)).toBe(
      '---\nname: reviewer\ndescription: "Reviews a change: correctness, tests"\n---\n\nYou review changes.\n\n- Say what breaks.\n- Say nothing else.\n',
    );
  });

  test("newlines and quotes in the TOML cannot put keys into the frontmatter (BUGS F2)", () => {
    const edited = reviewerToml.replace(
      'description = "Reviews a change: correctness, tests"',
      'description = "Reviews\\n---\\nhooks: evil\\ntools: \\"*\\""',
    );
    const markdown = parsed(edited, reviewer);
    expect(rendered(markdown)).toContain("hooks: evil");
    const dropped = rendering(markdown);
    expect(dropped.outcome === "rendered" && dropped.dropped.map(({ field }) => field)).toEqual([
      "tools",
      "color",
      "model",
    ]);
  });

  test("replacement patterns in the text are text (BUGS F2)", () => {
    const edited = reviewerToml.replace("Say nothing else.", () => "Match $& and $1, $' and $`.");
    expect(parsed(edited, reviewer)).toBe(
      reviewer.replace("Say nothing else.", () => "Match $& and $1, $' and $`."),
    );
  });

  test.each([
    ["not TOML", "name = ", "not valid TOML"],
    ["no instructions", 'name = "a"\ndescription = "b"\n', "no `developer_instructions`"],
    [
      "blank description",
      'name = "a"\ndescription = " "\ndeveloper_instructions = "c"\n',
      "no `description`",
    ],
    ["a number for a name", "name = 1\n", "`name` is not text"],
    ["NUL", 'name = "a"\ndescription = "b"\ndeveloper_instructions = "c\\u0000d"\n', "without loss"],
  ])("%s is a problem, with the reason", (_, toml, why) => {
    const result = parsing(toml, reviewer);
    expect(result.outcome === "problem" && result.why).toContain(why);
  });
});

const line = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom(
    "",
    "---",
    "# Title",
    '"""',
    "'''",
    "a \\",
    "  indented",
    "\t",
    "$&",
    "```",
    "key: value # no",
  ),
);
const lineEnd = fc.constantFrom("\n", "\r\n");
const body = fc
  .tuple(fc.array(fc.tuple(line, lineEnd), { maxLength: 8 }), fc.boolean())
  .map(([lines, final]) => lines.map(([text, end]) => text + end).join("") + (final ? "" : "end"));
const word = fc.string({ unit: "grapheme", maxLength: 20 });

/** Markdown agents that render, with comments, unknown keys, mixed line ends and BOMs. */
const agent = fc
  .record({
    bom: fc.constantFrom("", "\uFEFF"),
    end: lineEnd,
    name: fc.option(word),
    description: word,
    extra: fc.constantFrom("", "color: teal", "tools: [Read, Grep] # list", "model: opus", "model: gpt-5.5"),
    comment: fc.boolean(),
    body,
  })
  .map((parts) => {
    const keys = [
      ...(parts.comment ? ["# a comment"] : []),
      ...(parts.name === null ? [] : [`name: ${JSON.stringify(parts.name)}`]),
      `description: ${JSON.stringify(`x${parts.description}`)}`,
      ...(parts.extra === "" ? [] : [parts.extra]),
    ];
    return `${parts.bom}---${parts.end}${keys.map((key) => key + parts.end).join("")}---${parts.end}${parts.body}`;
  })
  .filter((markdown) => rendering(markdown).outcome === "rendered");

const tomlAgent = fc
  .record({ name: word, description: word, instructions: body, sandbox: fc.boolean(), model: fc.boolean() })
  .map(({ name, description, instructions, sandbox, model }) => {
    const keys = [
      { path: ["name"], value: `n${name}` },
      { path: ["description"], value: `d${description}` },
      ...(model ? [{ path: ["model"], value: "gpt-5.4" }] : []),
      { path: ["developer_instructions"], value: `i${instructions}` },
      ...(sandbox ? [{ path: ["sandbox_mode"], value: "read-only" }] : []),
    ];
    const result = tomlDocument.edit("# an agent\n", keys);
    return result.ok ? result.text : "";
  })
  .filter((toml) => toml !== "");

describe("the laws", () => {
  test("parsing what was rendered gives the canonical bytes; rendering over it gives the same TOML", () => {
    fc.assert(
      fc.property(agent, (markdown) => {
        const toml = rendered(markdown);
        expect(parsed(toml, markdown)).toBe(markdown);
        expect(rendered(markdown, toml)).toBe(toml);
      }),
      { numRuns: 1500 },
    );
  });

  test("an edit taken in is an edit kept: afterwards both sides mean the same, and nothing is written", () => {
    fc.assert(
      fc.property(agent, tomlAgent, (markdown, toml) => {
        const result = parsing(toml, markdown);
        if (result.outcome === "problem") return;
        const taken = textOf(result.files);
        expect(rendered(taken, toml)).toBe(toml);
        expect(parsed(toml, taken)).toBe(taken);
        const meaning = (text: string) =>
          codexAgentAdapter.meaning(
            targetName,
            new TextEncoder().encode(text),
            new TextEncoder().encode(rendered(taken)),
          );
        expect(meaning(rendered(taken))).toBe(meaning(rendered(taken, toml)));
      }),
      { numRuns: 1500 },
    );
  });

  test("an edit of ordinary text can always be taken in", () => {
    const plain = fc.array(fc.stringMatching(/^[ -~]{0,30}$/), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(agent, plain, (markdown, lines) => {
        const written = tomlDocument.edit(rendered(markdown), [
          { path: ["developer_instructions"], value: `start\n${lines.join("\n")}` },
        ]);
        expect(written.ok && parsing(written.text, markdown).outcome).toBe("parsed");
      }),
      { numRuns: 1000 },
    );
  });

  test("a push keeps every key that stet does not own", () => {
    fc.assert(
      fc.property(agent, tomlAgent, (markdown, toml) => {
        const before = foreignKeys(toml);
        expect(foreignKeys(rendered(markdown, toml))).toEqual(before);
      }),
      { numRuns: 1000 },
    );
  });

  test("reading is total: whatever the bytes, the outcome is a value", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), (left, right) => {
        const files = (path: string, bytes: Uint8Array) => new Map([[path, { bytes, mode: regularMode }]]);
        const render = codexAgentAdapter.render({
          artifact,
          files: files(canonicalName, left),
          present: files(targetName, right),
          targetPath: () => targetName,
        });
        const parse = codexAgentAdapter.parse({
          artifact,
          files: files(targetName, left),
          previous: files(canonicalName, right),
          canonicalPath: () => canonicalName,
        });
        expect(["rendered", "blocked"]).toContain(render.outcome);
        expect(["parsed", "problem"]).toContain(parse.outcome);
        codexAgentAdapter.meaning(targetName, left, right);
      }),
      { numRuns: 2000 },
    );
  });
});

function foreignKeys(toml: string): unknown {
  const { value } = tomlDocument.parse(toml);
  const owned = ["name", "description", "developer_instructions", "model"];
  return Object.entries(value ?? {}).filter(([key]) => !owned.includes(key));
}
