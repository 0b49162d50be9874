import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Store } from "../../src/store/store.ts";
import { TemporaryWorkspace } from "../workspace/temporary-workspace.ts";
import { fileBytes, proseOf, randomFrom, skillName } from "./skill-files.ts";

/** Opens a workspace in which many files lie and are recorded. */
export async function openManyFiles(
  project: string,
  files: number,
  folders: number,
  wrap?: (store: Store) => Store,
): Promise<TemporaryWorkspace> {
  for (const [path, text] of Object.entries(manyTexts("before", files, folders))) {
    const file = join(project, ".agents", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const workspace = await TemporaryWorkspace.open(project, wrap === undefined ? {} : { wrap });
  const lock = await workspace.lock();
  await workspace.capture();
  lock.release();
  return workspace;
}

/** Replaces all of them in one operation. */
export async function rewriteManyFiles(
  workspace: TemporaryWorkspace,
  files: number,
  folders: number,
): Promise<void> {
  const { status } = await workspace.write(manyTexts("after", files, folders));
  if (status !== "done") throw new Error(`the operation ended ${status}`);
}

/** Throws where a file on disk is not as the operation is to leave it. */
export function requireRewritten(project: string, files: number, folders: number): void {
  for (const [path, text] of Object.entries(manyTexts("after", files, folders))) {
    if (readFileSync(join(project, ".agents", path), "utf8") !== text) throw new Error(`${path} differs`);
  }
}

function manyTexts(label: string, files: number, folders: number): Readonly<Record<string, string>> {
  const random = randomFrom(label.length);
  const texts: Record<string, string> = {};
  for (let index = 0; index < files; index++) {
    const path = `skills/${skillName(index % folders)}/file-${index}.md`;
    texts[path] = proseOf(random, `# ${label} ${index}\n`, fileBytes);
  }
  return texts;
}
