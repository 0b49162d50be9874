import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readEntries } from "../../src/snapshot/read-snapshot.ts";
import { openStore } from "../../src/store/sqlite/open-store.ts";
import { systemClock, systemRandom } from "../workspace/temporary-place.ts";

/** Throws where two folders differ in any name or byte. Gives the number of files. */
export function requireSameFolder(one: string, other: string): number {
  const paths = filesIn(one);
  const others = filesIn(other);
  if (paths.length !== others.length) throw new Error(`${paths.length} files, and ${others.length} there`);
  for (const path of paths) {
    if (!readFileSync(join(one, path)).equals(readFileSync(join(other, path)))) {
      throw new Error(`${path} differs`);
    }
  }
  return paths.length;
}

/** Every file below a folder, by its path from there. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/**
 * Throws where the newest commit of the collection at `root` differs in any name or byte from the files below
 * `part` of it. Gives the number of files.
 */
export async function requireInHistory(home: string, root: string, part: string): Promise<number> {
  const file = join(home, "stet", "store.db");
  const store = await openStore({ file, clock: systemClock, random: systemRandom, transport: "inline" });
  try {
    const checkout = (await store.checkouts.checkouts()).find((one) => one.root === root);
    const head = checkout?.materialised ?? null;
    const commit = head === null ? undefined : await store.history.commit(head);
    if (commit === undefined) throw new Error("there is no commit");
    const entries = [...(await readEntries(store.history, commit.snapshot))].filter(([path]) =>
      path.startsWith(`${part}/`),
    );
    const expected = filesIn(join(root, part));
    if (entries.length !== expected.length)
      throw new Error(`${entries.length} files in history, ${expected.length} on disk`);
    for (const [path, { blob }] of entries) {
      const [bytes] = await store.history.getMany([blob]);
      if (bytes === undefined || !readFileSync(join(root, path)).equals(bytes)) {
        throw new Error(`${path} differs in history`);
      }
    }
    return entries.length;
  } finally {
    await store.close();
  }
}
