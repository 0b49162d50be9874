import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ArtifactReference } from "../../domain/artifact-kinds.ts";
import { executableMode, regularMode } from "../../domain/files.ts";
import { adapterOf } from "../drift/wanted-files.ts";
import { targetPathOf } from "../placement/path-mapping.ts";
import { targetPlan } from "../placement/target-plan.ts";
import { runtimes } from "../table/table.ts";
import type { FileContents } from "./adapter.ts";

// test/golden/<runtime>/<kind>-<scope>.txt says where a fact is known from, what stays behind, and then each file
// with its path and its bytes. They are written by hand, before the adapter: nothing here makes them.
const goldenFolder = join(import.meta.dirname, "../../../test/golden");

interface Sample {
  readonly artifact: ArtifactReference;
  readonly files: Readonly<Record<string, string>>;
}

const samples: readonly Sample[] = [
  {
    artifact: { kind: "skill", name: "pdf" },
    files: {
      "skills/pdf/SKILL.md":
        "---\nname: pdf\ndescription: Reads PDF files\n---\n\nRun `scripts/read.sh` on the file.\n",
      "skills/pdf/scripts/read.sh": '#!/bin/sh\npdftotext "$1" -\n',
    },
  },
  {
    artifact: { kind: "agent", name: "reviewer" },
    files: {
      "agents/reviewer.md": `---
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
    },
  },
  {
    artifact: { kind: "command", name: "review" },
    files: {
      "commands/review.md": `---
description: Reviews what is staged
allowed-tools: Bash(git:*)
---

Look at $ARGUMENTS, and say what breaks.
`,
    },
  },
  {
    artifact: { kind: "rule", name: "style" },
    files: { "rules/style.md": "---\npaths:\n  - src/**/*.ts\n---\n\nNo semicolons.\n" },
  },
];

// With a root that no runtime reads, everything that a runtime takes is written.
const cases = runtimes.flatMap((runtime) =>
  (["project", "user"] as const).flatMap((scope) => {
    const plan = targetPlan(runtime, scope, "steering");
    return samples.flatMap(({ artifact, files }) => {
      const { kind } = artifact;
      if (kind === "report" || plan.kinds[kind].how !== "write") return [];
      return [{ golden: `${runtime.id}/${kind}-${scope}.txt`, plan, artifact, files }];
    });
  }),
);

describe("what a runtime gets, byte for byte", () => {
  test.each(cases)("$golden", ({ golden, plan, artifact, files }) => {
    const path = join(goldenFolder, golden);
    expect(existsSync(path), `${golden} is to be written by hand, with its source`).toBe(true);
    const [source, ...lines] = readFileSync(path, "utf8").split("\n");
    expect(source).toMatch(/^# Source: \S/);
    const rendering = adapterOf(plan, artifact.kind).render({
      artifact,
      files: contentsOf(files),
      present: new Map(),
      targetPath: (canonical) => targetPathOf(plan, canonical) ?? "",
    });
    if (rendering.outcome === "blocked") throw new Error(rendering.why);
    const behind = rendering.dropped.map(({ field, why }) => `# Stays behind: ${field}: ${why}\n`);
    expect(lines.join("\n")).toBe(behind.join("") + shown(rendering.files));
  });

  test("no file is left of a runtime, kind or scope that is no longer", () => {
    const there = globSync("*/{skill,agent,command,rule}-*.txt", { cwd: goldenFolder });
    expect(there.sort()).toEqual(cases.map(({ golden }) => golden).sort());
  });
});

function contentsOf(files: Sample["files"]): FileContents {
  return new Map(
    Object.entries(files).map(([path, text]) => [
      path,
      {
        bytes: new TextEncoder().encode(text),
        mode: path.endsWith(".sh") ? executableMode : regularMode,
      },
    ]),
  );
}

function shown(files: FileContents): string {
  const parts = [...files].map(([path, { bytes, mode }]) => {
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return `==== ${path}${mode === executableMode ? " (executable)" : ""}\n${text}`;
  });
  return parts.join("");
}
