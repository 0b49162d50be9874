import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { watchedDisk } from "../../test/workspace/faulty-disk.ts";
import {
  disk,
  folderOf,
  type TemporaryProject,
  temporaryProject,
} from "../../test/workspace/temporary-place.ts";
import { TemporaryWorkspace } from "../../test/workspace/temporary-workspace.ts";
import { stagingFolder } from "./work-folder.ts";

const before = { "skills/a/SKILL.md": "old", "skills/a/gone.md": "bye" };
const wanted = { "skills/a/SKILL.md": "new", "skills/a/gone.md": null, "skills/b/x/deep.md": "deep" };

function textAt(project: TemporaryProject, path: string): string | null {
  const file = join(project.root, path);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

/** Writes with a person who interrupts at the n-th call that changes the disk. */
async function interruptedAt(n: number): Promise<"interrupted" | "done" | "too late"> {
  using project = temporaryProject();
  for (const [path, text] of Object.entries(before)) writeFileSync(folderOf(join(project.root, path)), text);
  const person = new AbortController();
  let calls = 0;
  const watched = watchedDisk(disk, () => {
    if (++calls === n) person.abort();
    return undefined;
  });
  const workspace = await TemporaryWorkspace.open(project.project, { disk: watched });
  try {
    await workspace.capture();
    const lock = await workspace.lock();
    const log = (await workspace.store.history.operations({ limit: 10 })).length;
    calls = 0;
    const outcome = await workspace.write(wanted, { lock, interrupt: person.signal }).catch((error) => error);
    const isDone = "status" in outcome;
    if (!isDone) expect(outcome).toMatchObject({ code: "E-INTERRUPTED" });
    const expected = isDone ? wanted : { ...before, "skills/b/x/deep.md": null };
    for (const [path, text] of Object.entries(expected)) expect(textAt(project, path), path).toBe(text);
    if (!isDone) expect(readdirSync(stagingFolder(project.place.work))).toEqual([]);
    expect(await workspace.store.history.operations({ limit: 10 })).toHaveLength(isDone ? log + 1 : log);
    expect(await workspace.store.checkouts.pending()).toEqual([]);
    lock.release();
    return isDone ? (person.signal.aborted ? "too late" : "done") : "interrupted";
  } finally {
    await workspace.store.close();
  }
}

test("an interruption at any call either leaves everything as it was, or comes too late and all is done (P2)", async () => {
  const outcomes: string[] = [];
  for (let n = 1; outcomes.at(-1) !== "done"; n++) outcomes.push(await interruptedAt(n));
  // First it can be given up, from one call on it cannot, and nothing lies between.
  expect(outcomes.join(" ")).toMatch(/^(interrupted )+(too late )+done$/);
});
