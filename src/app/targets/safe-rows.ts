import type { BlobId } from "../../domain/ids.ts";
import { decodeText } from "../../formats/text-shape.ts";
import { because } from "../../runtimes/drift/drift-state.ts";
import type { TargetRow } from "../../runtimes/drift/sync-row.ts";
import { hasConflictMarkers } from "../../workspace/conflict-markers.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { withoutSecrets } from "./target-secrets.ts";

/**
 * Blocks the rows that must not be carried anywhere: those with a secret, and those with the markers of an
 * unfinished merge, which a runtime would read as instructions.
 *
 * @param read bytes of content that is not in the store yet.
 */
export async function safeRows(
  bench: Workbench,
  rows: readonly TargetRow[],
  read: (id: BlobId) => Promise<Uint8Array | undefined> = bench.readBlob,
): Promise<readonly TargetRow[]> {
  const safe: TargetRow[] = [];
  for (const row of await withoutSecrets(bench, rows, read)) {
    const path = await unfinishedFile(row, read);
    safe.push(path === null ? row : unfinishedRow(row, path));
  }
  return safe;
}

async function unfinishedFile(
  row: TargetRow,
  read: (id: BlobId) => Promise<Uint8Array | undefined>,
): Promise<string | null> {
  for (const { path, after } of [...row.write, ...row.take]) {
    if (after === null) continue;
    const bytes = after.bytes ?? (await read(after.entry.blob));
    const text = bytes === undefined ? null : decodeText(bytes);
    if (text !== null && hasConflictMarkers(withoutExamples(path, text))) return path;
  }
  return null;
}

/** A text that explains merging shows markers in a fenced block: only what stands before and after is looked at. */
function withoutExamples(path: string, text: string): string {
  if (!path.endsWith(".md")) return text;
  let fence: string | null = null;
  let isUnfinished = false;
  return text
    .split("\n")
    .filter((line) => {
      isUnfinished ||= fence === null && /^<{7}(?: |\r?$)/.test(line);
      if (isUnfinished) return true;
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
      if (fence === null) fence = mark;
      else if (mark?.startsWith(fence)) fence = null;
      return fence === null;
    })
    .join("\n");
}

function unfinishedRow(row: TargetRow, path: string): TargetRow {
  const reason = because(`${path} has the markers of an unfinished merge; settle it in the file first`);
  return {
    ...row,
    drift: { state: "blocked", side: null, reason },
    write: [],
    take: [],
    remove: [],
    takeProblem: reason,
  };
}
