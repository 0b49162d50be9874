import { findSecrets } from "../../artifacts/secrets.ts";
import type { BlobId } from "../../domain/ids.ts";
import { because } from "../../runtimes/drift/drift-state.ts";
import type { NewContent, TargetRow } from "../../runtimes/drift/sync-row.ts";
import type { Workbench } from "../workbench/workbench.ts";

/**
 * Blocks the rows that would write a secret, to the target or into the root. What is about to be written is
 * itself looked at, not what it was made from (BUGS X1).
 *
 * @param read bytes of content that is not in the store yet.
 */
export async function withoutSecrets(
  bench: Workbench,
  rows: readonly TargetRow[],
  read: (id: BlobId) => Promise<Uint8Array | undefined> = bench.readBlob,
): Promise<readonly TargetRow[]> {
  const allowed = bench.allowedSecrets;
  const checked: TargetRow[] = [];
  for (const row of rows) {
    if (row.write.length === 0 && row.take.length === 0) {
      checked.push(row);
      continue;
    }
    const found = await secretIn(row, allowed, read);
    checked.push(found === null ? row : blockedRow(row, found));
  }
  return checked;
}

interface FoundSecret {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly fingerprint: string;
}

async function secretIn(
  row: TargetRow,
  allowed: ReadonlySet<string>,
  read: (id: BlobId) => Promise<Uint8Array | undefined>,
): Promise<FoundSecret | null> {
  const contents: { path: string; content: NewContent }[] = [];
  for (const { path, after } of row.write) contents.push({ path, content: after });
  for (const { path, after } of row.take) if (after !== null) contents.push({ path, content: after });
  for (const { path, content } of contents) {
    const bytes = content.bytes ?? (await read(content.entry.blob));
    if (bytes === undefined) continue;
    const finding = (await findSecrets(path, bytes)).find((one) => !allowed.has(one.fingerprint));
    if (finding !== undefined) return { path, ...finding };
  }
  return null;
}

function blockedRow(row: TargetRow, { path, line, rule, fingerprint }: FoundSecret): TargetRow {
  const reason = because(
    `${path} line ${line} looks like a secret (${rule}); change it at its issuer, or: stet allow ${fingerprint} --reason "..."`,
  );
  return {
    ...row,
    drift: { state: "blocked", side: null, reason },
    write: [],
    take: [],
    remove: [],
    takeProblem: reason,
  };
}
