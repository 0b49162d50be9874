import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ArtifactKind } from "../../domain/artifact-kinds.ts";
import { regularMode, symlinkMode } from "../../domain/files.ts";
import { opencode } from "../table/opencode.ts";
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
    return [{ id: runtime.id, kind: place.kind, adapter, sample }];
  }),
);

describe.each(cases)("$kind of $id", ({ kind, adapter, sample }) => {
  test("there and back the bytes are the same, and the second sync writes nothing", () => {
    const there = rendered(adapter, kind, sample);
    expect(parsed(adapter, kind, there, sample)).toBe(sample);
    expect(rendered(adapter, kind, sample, there)).toBe(there);
    const imported = parsed(adapter, kind, there);
    expect(rendered(adapter, kind, imported, there)).toBe(there);
  });

  test("keys, comments and order that the user has at the target stay", () => {
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
    expect(back).toContain("Checks");
    expect(rendered(adapter, kind, back, edited)).toBe(edited);
  });

  test.each([
    ["no text", "---\nname: a\ndescription: b\n---\n\n", "no text"],
    ["broken YAML", "---\ndescription: [a\n---\nGo.\n", "not valid YAML"],
    ["a description that is a list", "---\ndescription: [b]\n---\nGo.\n", "`description` is not text"],
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
    const text = fc.tuple(start, fc.array(piece, { maxLength: 10 })).map(([a, b]) => a + b.join(""));
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

test("a command that counts its arguments from 0 is not written to a runtime that counts from 1", () => {
  const adapter = opencode.adapters.command;
  if (adapter === undefined) throw new Error("OpenCode has commands");
  const result = rendering(adapter, "command", "Look at $0 first.\n");
  expect(result.outcome === "blocked" && result.why).toContain("counts from 1");
});
