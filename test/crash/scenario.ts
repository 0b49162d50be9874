import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderOf } from "../workspace/temporary-place.ts";
import type { Wanted } from "../workspace/temporary-workspace.ts";

/** What the operation under test does to twenty files: replaces, creates, deletes, and whole new folders. */
export interface FileStep {
  readonly path: string;
  readonly before: Wanted;
  readonly after: Wanted;
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

export const fileSteps: readonly FileStep[] = [
  ...numbers(5).map((n) => ({
    path: `skills/kept/replaced-${n}.md`,
    before: `old text of ${n}\n`,
    after: `new text of ${n}\n`,
  })),
  {
    path: "skills/kept/run.sh",
    before: { text: "#!/bin/sh\n", mode: 0o100755 },
    after: { text: "#!/bin/sh\necho\n", mode: 0o100755 },
  },
  {
    path: "skills/kept/link",
    before: { text: "run.sh", mode: 0o120000 },
    after: { text: "SKILL.md", mode: 0o120000 },
  },
  ...numbers(3).map((n) => ({ path: `skills/kept/created-${n}.md`, before: null, after: `created ${n}\n` })),
  ...numbers(2).map((n) => ({ path: `skills/kept/deleted-${n}.md`, before: `doomed ${n}\n`, after: null })),
  { path: "skills/gone/SKILL.md", before: "a skill that goes\n", after: null },
  { path: "skills/gone/scripts/run.sh", before: "its script\n", after: null },
  { path: "skills/fresh/SKILL.md", before: null, after: "a skill that comes\n" },
  { path: "skills/fresh/empty", before: null, after: "" },
  { path: "skills/fresh/scripts/one.sh", before: null, after: { text: "one\n", mode: 0o100755 } },
  { path: "skills/fresh/scripts/two.sh", before: null, after: "two\n" },
  { path: "agents/reviewer.md", before: "old agent\n", after: "new agent\n" },
  { path: "@project/AGENTS.md", before: "old rules\n", after: "new rules\n" },
];

/** A file that the operation has nothing to do with. */
export const bystander = { path: "skills/kept/SKILL.md", text: "stays as it is\n" };

/** Where a path of the root lies on disk. */
export function locate(project: string, path: string): string {
  return path.startsWith("@project/")
    ? join(project, path.slice("@project/".length))
    : join(project, ".agents", path);
}

/** Lays out what is there before the operation. */
export function layOut(project: string): void {
  writeWanted(locate(project, bystander.path), bystander.text);
  for (const { path, before } of fileSteps) writeWanted(locate(project, path), before);
}

function writeWanted(file: string, wanted: Wanted): void {
  if (wanted === null) return;
  const { text, mode } = typeof wanted === "string" ? { text: wanted, mode: 0o100644 } : wanted;
  if (mode === 0o120000) {
    symlinkSync(text, folderOf(file));
  } else {
    writeFileSync(folderOf(file), text);
    chmodSync(file, mode & 0o777);
  }
}
