import { findSecrets } from "../../artifacts/secrets.ts";
import { sameEntry } from "../../domain/files.ts";
import { errorName } from "../../workspace/disk.ts";
import { stopIfInterrupted } from "../../workspace/interruption.ts";
import { diskPath } from "../../workspace/place-paths.ts";
import { readSteady } from "../../workspace/read-steady.ts";
import { artifactKey } from "../history/artifact-key.ts";
import type { FileEdit } from "../record/change.ts";
import { HeldContent } from "../record/held-content.ts";
import type { Workbench } from "../workbench/workbench.ts";

/** Edits looked at between two looks for an interruption. */
const editsPerTurn = 256;

/**
 * Makes edits that a capture found ready to be recorded: each content is looked through for secrets, what the scan
 * let go is read again, and much of it is stored ahead. A file that holds something else by now is taken as it is
 * now; one that is gone, or cannot be read any more, is left to the next look.
 */
export async function takeIn(bench: Workbench, edits: readonly FileEdit[]): Promise<readonly FileEdit[]> {
  const { entries } = await bench.presentAround(edits.map((edit) => edit.path));
  const content = new HeldContent(bench.store, sizeOf(edits));
  const taken: FileEdit[] = [];
  for (const [position, edit] of edits.entries()) {
    if (position % editsPerTurn === editsPerTurn - 1) await stopIfInterrupted(bench.environment.interrupt);
    const found = edit.after === null || edit.bytes !== null ? edit : readAgain(bench, edit);
    if (found === null) continue;
    await noticeSecrets(bench, found);
    taken.push(await content.take(found, entries.get(found.path)?.blob));
  }
  await content.storeWaiting();
  return taken;
}

function sizeOf(edits: readonly FileEdit[]): number {
  return edits.reduce((sum, { after }) => sum + (after?.size ?? 0), 0);
}

function readAgain(bench: Workbench, edit: FileEdit): FileEdit | null {
  try {
    const content = readSteady(bench.disk, diskPath(bench.root, edit.path));
    if (content === null) return null;
    const { entry, bytes, unsettled } = content;
    if (unsettled) bench.unsettled.add(artifactKey(edit.path) ?? edit.path);
    const after = sameEntry(edit.after, entry) ? edit.after : entry;
    return { ...edit, after, bytes };
  } catch (error) {
    if (errorName(error) === undefined) throw error;
    return null;
  }
}

/** What looks like a secret is kept on this machine, masked in every view and not carried anywhere. */
async function noticeSecrets(bench: Workbench, { path, bytes }: FileEdit): Promise<void> {
  if (bytes === null) return;
  for (const { line, rule, fingerprint } of await findSecrets(path, bytes)) {
    if (bench.allowedSecrets.has(fingerprint)) continue;
    bench.notice(
      "W-SECRET",
      `${path} line ${line} looks like a secret (${rule}): it is sealed and not carried on`,
    );
  }
}
