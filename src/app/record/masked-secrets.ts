/**
 * Invariant: asterisks that a view put over a secret are never written in its place. A text that holds more of them
 * than the file it was read from is refused, whoever submits it and however: `force` does not change that.
 */
import { StetError } from "../../domain/errors.ts";
import type { FileEntry } from "../../domain/files.ts";
import { decodeText } from "../../formats/text-shape.ts";
import { shownText } from "../history/text-diff.ts";
import type { Workbench } from "../workbench/workbench.ts";

/** Throws E-SECRET where the text was read from a view of one of these versions in which a secret was masked. */
export async function refuseMaskedSecrets(
  bench: Workbench,
  path: string,
  bytes: Uint8Array,
  readFrom: readonly (FileEntry | null)[],
): Promise<void> {
  const submitted = masksIn(decodeText(bytes) ?? "");
  if (submitted.size === 0) return;
  for (const entry of readFrom) {
    const known = entry === null ? undefined : await bench.readBlob(entry.blob);
    const text = known === undefined ? null : decodeText(known);
    if (known === undefined || text === null) continue;
    const plain = masksIn(text);
    const masked = masksIn((await shownText(path, known, bench.allowedSecrets)) ?? "");
    for (const [length, count] of masked) {
      const own = plain.get(length) ?? 0;
      if (count > own && (submitted.get(length) ?? 0) > own) throw maskedSecret(path);
    }
  }
}

/** Shorter runs are ordinary Markdown; no rule takes so little for a secret. */
const maskPattern = /\*{6,}/g;

/** How many runs of asterisks of each length a text holds. */
function masksIn(text: string): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const [{ length }] of text.matchAll(maskPattern)) counts.set(length, (counts.get(length) ?? 0) + 1);
  return counts;
}

function maskedSecret(path: string): StetError {
  return new StetError({
    code: "E-SECRET",
    what: "The text holds asterisks where the file holds a secret.",
    where: path,
    why: "It was read from a view that masks secrets: saved so, the secret itself would be gone from the file.",
    kept: "The file is as it was, with its secret.",
    fixes: [
      { cmd: "stet save", summary: "edit the file itself, then record it" },
      {
        cmd: 'stet allow <fingerprint> --reason "..."',
        summary: "if it is no secret: it is shown from then on",
      },
    ],
  });
}
