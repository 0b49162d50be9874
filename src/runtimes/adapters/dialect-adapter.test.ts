import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ArtifactKind } from "../../domain/artifact-kinds.ts";
import { regularMode, symlinkMode } from "../../domain/files.ts";
import { tomlDocument } from "../../formats/toml-document.ts";
import { copilot } from "../table/copilot.ts";
import { cursor } from "../table/cursor.ts";
import { devin } from "../table/devin.ts";
import { gemini } from "../table/gemini.ts";
import { opencode } from "../table/opencode.ts";
import type { Runtime } from "../table/runtime.ts";
import { runtimes } from "../table/table.ts";
import type { ArtifactAdapter, FileContents } from "./adapter.ts";

const canonicalName = "agents/reviewer.md";
const targetName = "there/reviewer";

const samples: Partial<Record<ArtifactKind, string>> = {
  agent: `---
name: reviewer   # who it is
description: "Reviews a change: correctness, tests"
tools: Read, Grep
color: teal
model: sonnet
---

You review changes.

- Say what breaks.
- Say nothing else.
`,
  command: `---
description: Reviews what is staged
allowed-tools: Bash(git:*)
---

Look at $ARGUMENTS, and say what breaks.
`,
  rule: `---
# Where it counts
description: Reviews the style
paths:
  - src/**/*.ts
---

Nothing that breaks.
`,
};

function one(path: string, text: string, mode = regularMode): FileContents {
  return new Map([[path, { bytes: new TextEncoder().encode(text), mode }]]);
}

function textOf(files: FileContents): string {
  const [file] = files.values();
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(file?.bytes);
}

function rendering(adapter: ArtifactAdapter, kind: ArtifactKind, markdown: string, present?: string) {
  return adapter.render({
    artifact: { kind, name: "reviewer" },
    files: one(canonicalName, markdown),
    present: present === undefined ? new Map() : one(targetName, present),
    targetPath: () => targetName,
  });
}

function rendered(adapter: ArtifactAdapter, kind: ArtifactKind, markdown: string, present?: string): string {
  const result = rendering(adapter, kind, markdown, present);
  if (result.outcome === "blocked") throw new Error(result.why);
  return textOf(result.files);
}

function parsing(adapter: ArtifactAdapter, kind: ArtifactKind, target: string, previous?: string) {
  return adapter.parse({
    artifact: { kind, name: "reviewer" },
    files: one(targetName, target),
    previous: previous === undefined ? new Map() : one(canonicalName, previous),
    canonicalPath: () => canonicalName,
  });
}

function parsed(adapter: ArtifactAdapter, kind: ArtifactKind, target: string, previous?: string): string {
  const result = parsing(adapter, kind, target, previous);
  if (result.outcome === "problem") throw new Error(result.why);
  return textOf(result.files);
}

const cases = runtimes.flatMap((runtime) =>
  runtime.places.flatMap((place) => {
    const adapter = runtime.adapters[place.kind];
    const sample = samples[place.kind];
    const isCarried = place.scope === "project" && place.role === "write" && place.format === "markdown";
    if (!isCarried || adapter === undefined || sample === undefined) return [];
    // A runtime whose files are a text alone has no keys to look at.
    const hasKeys = rendered(adapter, place.kind, sample).startsWith("---");
    return [{ id: runtime.id, kind: place.kind, adapter, sample, hasKeys }];
  }),
);

describe.each(cases)("$kind of $id", ({ kind, adapter, sample, hasKeys }) => {
  test("there and back the bytes are the same, and the second sync writes nothing", () => {
    const there = rendered(adapter, kind, sample);
    expect(parsed(adapter, kind, there, sample)).toBe(sample);
    expect(rendered(adapter, kind, sample, there)).toBe(there);
    const imported = parsed(adapter, kind, there);
    expect(rendered(adapter, kind, imported, there)).toBe(there);
  });

  test.runIf(hasKeys)("keys, comments and order that the user has at the target stay", () => {
    const own = rendered(adapter, kind, sample).replace("---\n", "---\n# mine\ntemperature: 0.10 # low\n");
    expect(rendered(adapter, kind, sample, own)).toBe(own);
    const changed = rendered(adapter, kind, sample.replace("breaks", "fails"), own);
    expect(changed).toBe(own.replace("breaks", "fails"));
    const result = parsing(adapter, kind, own, sample);
    expect(result.outcome === "parsed" && result.foreign).toContain("temperature");
  });

  test("an edit at the target comes back, and leaves what the target cannot say", () => {
    const edited = rendered(adapter, kind, sample).replace("breaks", "fails").replace("Reviews", "Checks");
    const expected = sample.replace("breaks", "fails").replace("Reviews", "Checks");
    const back = parsed(adapter, kind, edited, sample);
    const description = /description: .*/;
    expect(back.replace(description, "")).toBe(expected.replace(description, ""));
    if (hasKeys) expect(back).toContain("Checks");
    expect(rendered(adapter, kind, back, edited)).toBe(edited);
  });

  test.each([
    ["no text", "---\nname: a\ndescription: b\n---\n\n", "no text"],
    ["broken YAML", "---\ndescription: [a\n---\nGo.\n", "not valid YAML"],
    ...(hasKeys
      ? [["a description that is a list", "---\ndescription: [b]\n---\nGo.\n", "`description` is not text"]]
      : []),
  ])("what the runtime would not load is not written, with the reason: %s", (_, text, why) => {
    const result = rendering(adapter, kind, text);
    expect(result.outcome === "blocked" && result.why).toContain(why);
  });

  test("symbolic links are left alone", () => {
    const link = one(targetName, "../elsewhere", symlinkMode);
    const artifact = { kind, name: "reviewer" };
    const files = one(canonicalName, sample);
    const over = adapter.render({ artifact, files, present: link, targetPath: () => targetName });
    expect(over.outcome === "blocked" && over.why).toContain("symbolic link");
    const back = adapter.parse({
      artifact,
      files: link,
      previous: files,
      canonicalPath: () => canonicalName,
    });
    expect(back.outcome).toBe("problem");
  });

  test("whatever the texts are: total, and idempotent where they can be carried", () => {
    const piece = fc.constantFrom(
      ...["---\n", "name: a\n", "description: b: c\n", 'description: "x"\n', "mode: all\n", "Go.\n"],
      ...["\r\n", "\uFEFF", "- x\n", "  \n", "model: opus\n", "\r", "Stop.", "# y\n", "$ARGUMENTS "],
    );
    const start = fc.constantFrom("", "---\nname: a\ndescription: b\n---\n");
    const text = fc.tuple(start, fc.array(piece, { maxLength: 6 })).map(([a, b]) => a + b.join(""));
    let carried = 0;
    fc.assert(
      fc.property(text, text, (canonical, target) => {
        const result = rendering(adapter, kind, canonical);
        if (result.outcome === "rendered") {
          carried += 1;
          const there = textOf(result.files);
          expect(rendered(adapter, kind, canonical, there)).toBe(there);
          expect(parsed(adapter, kind, there, canonical)).toBe(canonical);
        }
        const over = rendering(adapter, kind, canonical, target);
        if (over.outcome === "rendered") {
          const there = textOf(over.files);
          expect(rendered(adapter, kind, canonical, there)).toBe(there);
        }
        const back = parsing(adapter, kind, target, canonical);
        if (back.outcome === "parsed")
          expect(rendered(adapter, kind, textOf(back.files), target)).toBe(target);
      }),
      { numRuns: 1000 },
    );
    expect(carried).toBeGreaterThan(200);
  });
});

function adapterFor(runtime: Runtime, kind: ArtifactKind): ArtifactAdapter {
  const adapter = runtime.adapters[kind];
  if (adapter === undefined) throw new Error(`${runtime.title} has no adapter for ${kind}`);
  return adapter;
}

describe("arguments, commands and files in a command's text", () => {
  test.each([
    [opencode, "Look at $0, then $1 and $ARGUMENTS.", "Look at $1, then $2 and $ARGUMENTS."],
    [
      gemini,
      "Run !`git diff` on @src/a.ts for $ARGUMENTS, @ana.",
      "Run !{git diff} on @{src/a.ts} for {{args}}, @ana.",
    ],
    [copilot, "Look at $0 and $ARGUMENTS.", `Look at \${input:argument0} and \${input:arguments}.`],
    [cursor, "Look at $ARGUMENTS.", "Look at $ARGUMENTS."],
  ])("$title", (runtime, ours, theirs) => {
    const adapter = adapterFor(runtime, "command");
    const there = rendered(adapter, "command", `${ours}\n`);
    expect(there).toContain(theirs);
    expect(parsed(adapter, "command", there, `${ours}\n`)).toBe(`${ours}\n`);
  });

  test("a text that would come back as another is not written", () => {
    for (const [runtime, text] of [
      [gemini, "Write {{args}} in a template.\n"],
      [copilot, `Write \${input:arguments} in a prompt.\n`],
      [opencode, "It costs $9.\n"],
    ] as const) {
      expect(rendering(adapterFor(runtime, "command"), "command", text).outcome).toBe("blocked");
    }
  });

  test("replacement text is never taken as a pattern, however often it is synchronised (BUGS F2)", () => {
    const text = "Say $& and $` and $1 and $$ of $ARGUMENTS.\n";
    for (const runtime of [gemini, opencode, cursor]) {
      const adapter = adapterFor(runtime, "command");
      const once = rendered(adapter, "command", text);
      expect(rendered(adapter, "command", text, once)).toBe(once);
      expect(parsed(adapter, "command", once, text)).toBe(text);
    }
  });

  test("a line break in a value never becomes a key of TOML (BUGS F2)", () => {
    const adapter = adapterFor(gemini, "command");
    const text = '---\ndescription: "a\\nprompt = \\"evil\\""\n---\n\nGo """ on.\n';
    const there = rendered(adapter, "command", text);
    expect(tomlDocument.parse(there).value).toEqual({
      description: 'a\nprompt = "evil"',
      prompt: 'Go """ on.\n',
    });
    expect(parsed(adapter, "command", there, text)).toBe(text);
  });
});

describe("rules for certain paths", () => {
  const rule = (paths: string) => `---\n${paths}---\n\nNo semicolons.\n`;

  test("a rule without paths is for all of them, said as each runtime says it", () => {
    const plain = "No semicolons.\n";
    expect(rendered(adapterFor(cursor, "rule"), "rule", plain)).toContain("alwaysApply: true");
    expect(rendered(adapterFor(copilot, "rule"), "rule", plain)).toMatch(/applyTo: "?\*\*"?\n/);
    expect(rendered(adapterFor(devin, "rule"), "rule", plain)).toContain("trigger: always_on");
    for (const runtime of [cursor, copilot, devin]) {
      const adapter = adapterFor(runtime, "rule");
      expect(parsed(adapter, "rule", rendered(adapter, "rule", plain), plain)).toBe(plain);
    }
  });

  test("globs with braces and several of them go there and back", () => {
    const text = rule('paths:\n  - "*.{ts,tsx}"\n  - docs/**\n');
    for (const runtime of [cursor, copilot, devin]) {
      const adapter = adapterFor(runtime, "rule");
      const there = rendered(adapter, "rule", text);
      expect(there).toContain("*.{ts,tsx},docs/**");
      expect(parsed(adapter, "rule", there, text)).toBe(text);
      const wider = rendered(adapter, "rule", rule("paths:\n  - src/**\n"), there);
      expect(wider).not.toContain("docs/**");
    }
  });

  test("what follows from the paths changes with them, and what the user set besides stays", () => {
    const adapter = adapterFor(cursor, "rule");
    const there = rendered(adapter, "rule", "No semicolons.\n").replace("---\n", "---\n# mine\n");
    const narrowed = rendered(adapter, "rule", rule("paths:\n  - src/**\n"), there);
    expect(narrowed).toContain("alwaysApply: false");
    expect(narrowed).toContain("# mine");
  });

  test("frontmatter as Cursor itself writes it is read, though it is no YAML", () => {
    const adapter = adapterFor(cursor, "rule");
    const theirs = "---\ndescription: \nglobs: *.ts,*.tsx\nalwaysApply: false\n---\n\nNo semicolons.\n";
    const ours = parsed(adapter, "rule", theirs);
    expect(ours).toContain('  - "*.ts"\n  - "*.tsx"\n');
    expect(rendered(adapter, "rule", ours, theirs)).toBe(theirs);
  });
});

test("tools go under their other names only where each has one", () => {
  const adapter = adapterFor(gemini, "agent");
  const agent = (tools: string) => `---\nname: a\ndescription: b\ntools: ${tools}\n---\n\nGo.\n`;
  const there = rendered(adapter, "agent", agent("Read, Bash"));
  expect(there).toContain("read_file");
  expect(there).toContain("run_shell_command");
  expect(parsed(adapter, "agent", there, agent("Read, Bash"))).toBe(agent("Read, Bash"));
  const some = rendering(adapter, "agent", agent("Read, Task"));
  expect(some.outcome === "rendered" && some.dropped.map((one) => one.field)).toEqual(["tools"]);
  // A list that the user has there, where the canonical one has no counterpart, is the user's.
  const own = there.replace("read_file", "glob");
  expect(rendered(adapter, "agent", agent("Read, Task"), own)).toBe(own);
});

test("an agent that goes by its file's name gets that name when it is imported", () => {
  const adapter = adapterFor(opencode, "agent");
  const ours = parsed(adapter, "agent", "---\ndescription: Reviews\nmode: subagent\n---\n\nGo.\n");
  expect(ours).toContain("name: reviewer\n");
});
