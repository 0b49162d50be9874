import { findSecrets } from "../../artifacts/secrets.ts";
import { StetError } from "../../domain/errors.ts";
import { encodeText } from "../../formats/text-shape.ts";
import type { Workbench } from "../workbench/workbench.ts";

/**
 * The bytes of a text that a caller submits. Throws E-INVALID where UTF-8 cannot hold it, and E-SECRET.
 */
export async function submittedBytes(bench: Workbench, path: string, text: string): Promise<Uint8Array> {
  const bytes = encodeText(text);
  if (bytes === null) throw illFormed(path);
  await refuseSecrets(bench, path, bytes);
  return bytes;
}

/** Submitted content with a secret is refused and not stored: the one exception to keeping everything (P1). */
export async function refuseSecrets(bench: Workbench, path: string, bytes: Uint8Array): Promise<void> {
  const finding = (await findSecrets(path, bytes)).find((one) => !bench.allowedSecrets.has(one.fingerprint));
  if (finding === undefined) return;
  throw new StetError({
    code: "E-SECRET",
    what: "The text holds what looks like a secret.",
    where: `${path} line ${finding.line}`,
    why: `The rule ${finding.rule} matches: ${finding.excerpt}`,
    kept: "The text was not stored, and the present version is as it was.",
    fixes: [
      {
        cmd: `stet allow ${finding.fingerprint} --reason "..."`,
        summary: "let this one pass, if it is none",
      },
    ],
  });
}

function illFormed(path: string): StetError {
  return new StetError({
    code: "E-INVALID",
    what: "The text cannot be written as UTF-8.",
    where: path,
    why: "It holds half of a surrogate pair, which would silently become another character.",
    kept: "Nothing was stored, and the present version is as it was.",
    fixes: [{ cmd: "stet edit <artifact>", summary: "submit it without that character" }],
  });
}
