import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { watchedDisk } from "./faulty-disk.ts";
import { disk, temporaryProject } from "./temporary-place.ts";
import { TemporaryWorkspace, type Wanted } from "./temporary-workspace.ts";

/** Fsyncs of an operation: those of the disk port, and the one of the store's transaction. */
async function countSyncs(
  before: readonly string[],
  wanted: Readonly<Record<string, Wanted>>,
): Promise<number> {
  using project = temporaryProject();
  for (const path of before) {
    mkdirSync(dirname(join(project.root, path)), { recursive: true });
    writeFileSync(join(project.root, path), `old ${path}`);
  }
  let syncs = 0;
  const counting = watchedDisk(disk, (call) => {
    if (call === "syncAndClose" || call === "syncFolder") syncs++;
    return undefined;
  });
  const workspace = await TemporaryWorkspace.open(project.project, { disk: counting });
  await workspace.capture();
  const held = await workspace.lock();
  syncs = 0;
  const outcome = await workspace.write(wanted, { lock: held });
  held.release();
  await workspace.store.close();
  expect(outcome.status).toBe("done");
  return syncs + 1;
}

const wantedAt = (paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, `new ${path}`]));
const inFolders = (folders: number, files: number, top: string) =>
  Array.from({ length: folders * files }, (_, n) => `skills/${top}${n % folders}/file-${n}.md`);

test("an operation on f files in d folders costs at most f + 2d + 2 fsyncs", async () => {
  const budget = (files: number, folders: number) => files + 2 * folders + 2;
  const replaced = inFolders(5, 8, "old");
  expect(await countSyncs(replaced, wantedAt(replaced))).toBeLessThanOrEqual(budget(40, 5));
  const one = ["skills/old/SKILL.md"];
  expect(await countSyncs(one, wantedAt(one))).toBeLessThanOrEqual(budget(1, 1));
  expect(await countSyncs([], wantedAt(["skills/new/SKILL.md"]))).toBeLessThanOrEqual(budget(1, 1));
  const fresh = inFolders(5, 8, "new");
  expect(await countSyncs([], wantedAt(fresh))).toBeLessThanOrEqual(budget(40, 5));
  const both = await countSyncs(replaced, wantedAt([...replaced, ...fresh]));
  expect(both).toBeLessThanOrEqual(budget(80, 10));
  const deleted = Object.fromEntries(replaced.map((path) => [path, null]));
  expect(await countSyncs(replaced, deleted)).toBeLessThanOrEqual(budget(40, 5));
});
