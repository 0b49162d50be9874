/**
 * Looks for secrets with secretlint's recommended rules.
 *
 * - A finding never holds the secret, nor a part of it, in any form but a hash.
 * - A text cannot switch the scan off: the library's `secretlint-disable` comments do not count (BUGS X1). The
 *   only way past a finding is its fingerprint in the collection's list.
 * - The scan reads nothing but the content it is given; the library's one rule that opens files gets no name
 *   that would make it do so.
 * - No file is skipped: text in UTF-16, ill-formed UTF-8 and binary files are scanned as far as they are text.
 */
import { createHash } from "node:crypto";
import { hexOfBytes } from "../domain/hex.ts";
import { opensNothing } from "./nowhere-secret.ts";
import { mayHoldSecret } from "./secret-prefilter.ts";
import type { ReportedSecret } from "./secret-rules.ts";

/** Where a secret stands. Line and column count from 1, columns and offsets in UTF-16 units of the text. */
export interface SecretFinding {
  /** The rule's name: `github`, `aws`, `privatekey`. */
  readonly rule: string;
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
  /** SHA-256 of the rule, a zero byte and the secret, as 64 hex digits: what `stet allow` is given. */
  readonly fingerprint: string;
  /** The line, every secret in it replaced by asterisks whose number says nothing; at most 120 characters. */
  readonly excerpt: string;
}

const excerptLengthMax = 120;
const excerptMask = "********";

/**
 * The secrets in a file, in the order of their places. `path` is only looked at for its extension.
 * The scanner's own code is loaded by the first file that may hold a secret.
 */
export async function findSecrets(
  path: string,
  content: string | Uint8Array,
): Promise<readonly SecretFinding[]> {
  let decoded: string | null = typeof content === "string" ? content : null;
  const decode = () => {
    decoded ??= typeof content === "string" ? content : textToScan(content);
    return decoded;
  };
  const scanned = typeof content !== "string" && hasUtf16Mark(content) ? decode() : content;
  if (!mayHoldSecret(path, scanned, decode)) return [];
  const { reportSecrets } = await import("./secret-rules.ts");
  const text = decode();
  const reported = (await reportSecrets(path, text)).filter((one) => !opensNothing(text, one));
  return findingsOf(text, reported);
}

/**
 * The text of bytes as `findSecrets` reads it: UTF-16 where a mark says so, else UTF-8 with its mark kept and
 * replacement characters for what is ill-formed.
 */
export function textToScan(bytes: Uint8Array): string {
  if (hasUtf16Mark(bytes)) {
    return new TextDecoder(bytes[0] === 0xff ? "utf-16le" : "utf-16be", { ignoreBOM: true }).decode(bytes);
  }
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/**
 * The text with an asterisk for every character of every secret; line breaks stay, so that places do too.
 * Throws a RangeError where a finding is not one of this text: masking the wrong place would show the secret.
 */
export function maskSecrets(text: string, findings: readonly SecretFinding[]): string {
  let masked = "";
  let done = 0;
  for (const { rule, start, end, fingerprint } of [...findings].sort(
    (one, other) => one.start - other.start,
  )) {
    if (fingerprintOf(rule, text.slice(start, end)) !== fingerprint) {
      throw new RangeError("a finding does not belong to this text");
    }
    const from = Math.max(start, done);
    if (end <= from) continue;
    masked += text.slice(done, from) + text.slice(from, end).replace(/[^\r\n]/g, "*");
    done = end;
  }
  return masked + text.slice(done);
}

function findingsOf(text: string, reported: readonly ReportedSecret[]): readonly SecretFinding[] {
  const secrets = [...new Set(reported.map(({ start, end }) => text.slice(start, end)))];
  return reported.map(({ rule, start, end }) => {
    const lineStart = text.lastIndexOf("\n", start - 1) + 1;
    return {
      rule,
      line: lineOf(text, lineStart),
      column: start - lineStart + 1,
      start,
      end,
      fingerprint: fingerprintOf(rule, text.slice(start, end)),
      excerpt: excerptOf(text, lineStart, { reported, secrets }),
    };
  });
}

function fingerprintOf(rule: string, secret: string): string {
  return hexOfBytes(createHash("sha256").update(`${rule}\0${secret}`).digest());
}

function lineOf(text: string, lineStart: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < lineStart; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

/** Masks by place, then by word: the same secret may stand once more where no rule saw it. */
function excerptOf(
  text: string,
  lineStart: number,
  {
    reported,
    secrets,
  }: { readonly reported: readonly ReportedSecret[]; readonly secrets: readonly string[] },
): string {
  const newline = text.indexOf("\n", lineStart);
  const lineEnd = newline === -1 ? text.length : newline;
  let excerpt = "";
  let done = lineStart;
  for (const { start, end } of reported) {
    if (end <= done || start >= lineEnd) continue;
    excerpt += start > done ? text.slice(done, start) + excerptMask : done === lineStart ? excerptMask : "";
    done = Math.max(done, end);
  }
  if (done < lineEnd) excerpt += text.slice(done, lineEnd);
  for (const secret of secrets) excerpt = excerpt.replaceAll(secret, () => excerptMask);
  const trimmed = excerpt.trim();
  return trimmed.length > excerptLengthMax ? `${trimmed.slice(0, excerptLengthMax - 3)}...` : trimmed;
}

function hasUtf16Mark(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
