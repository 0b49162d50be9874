import { createTwoFilesPatch } from "diff";
import { findSecrets, maskSecrets, textToScan } from "../../artifacts/secrets.ts";
import { decodeText } from "../../formats/text-shape.ts";

/** One file's difference. `patch` is a unified diff (three lines of context); empty for binary files. */
export interface FileDiff {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly patch: string;
  readonly binary: boolean;
}

export interface DiffSides {
  readonly path: string;
  readonly before: { readonly id: string; readonly bytes: Uint8Array } | null;
  readonly after: { readonly id: string; readonly bytes: Uint8Array } | null;
}

/** The difference of one file, with secrets masked on both sides; `allowed` are fingerprints that may be shown. */
export async function diffOfFile(sides: DiffSides, allowed: ReadonlySet<string>): Promise<FileDiff> {
  const before = await shownText(sides.path, sides.before?.bytes ?? null, allowed);
  const after = await shownText(sides.path, sides.after?.bytes ?? null, allowed);
  const ids = { before: sides.before?.id ?? null, after: sides.after?.id ?? null };
  if (before === null || after === null) return { path: sides.path, ...ids, patch: "", binary: true };
  const patch = createTwoFilesPatch(
    sides.before === null ? "/dev/null" : `a/${sides.path}`,
    sides.after === null ? "/dev/null" : `b/${sides.path}`,
    before,
    after,
    undefined,
    undefined,
    { context: 3 },
  );
  return { path: sides.path, ...ids, patch, binary: false };
}

/** A file's text as a view may show it; null for binary content, empty for a file that is not there. */
export async function shownText(
  path: string,
  bytes: Uint8Array | null,
  allowed: ReadonlySet<string>,
): Promise<string | null> {
  if (bytes === null) return "";
  const text = decodeText(bytes);
  if (text === null) return null;
  const sealed = (await findSecrets(path, bytes)).filter((one) => !allowed.has(one.fingerprint));
  return sealed.length === 0 ? text : maskSecrets(textToScan(bytes), sealed);
}
