/**
 * What is looked at before anything that a third party sent becomes visible.
 *
 * - Names, sizes and links are judged first. Where one is refused, no content is read: its path may lie.
 * - Of the files, one at a time is held. What is binary is looked through for secrets and programs only.
 * - The same files give the same findings with the same fingerprints, whatever their order.
 */
import { findSecrets } from "../../artifacts/secrets.ts";
import { isSymlink } from "../../domain/files.ts";
import { comparePaths } from "../../domain/paths.ts";
import { textFormatOf } from "../../merge/text-format.ts";
import type { FetchedFile } from "../sources/fetched-file.ts";
import { executableFinding, isExecutable } from "./executable-findings.ts";
import { hiddenFindings } from "./hidden-characters.ts";
import { commentFindings } from "./hidden-comments.ts";
import { isLicenceFile, licenceTextFinding, type Origin, originFindings } from "./licence-findings.ts";
import { limitFindings } from "./limit-findings.ts";
import { linkFindings } from "./link-findings.ts";
import { pathFindings } from "./path-findings.ts";
import { mayDeclarePower, powerFindings } from "./power-findings.ts";
import { textPieces } from "./text-pieces.ts";
import { escapeHidden, type TrustFinding } from "./trust-finding.ts";

/** One version of an artifact, as a source or the store holds it. */
export interface FetchedArtifact extends Origin {
  readonly files: readonly FetchedFile[];
}

/**
 * All findings of `after`, those that nobody may let pass first. With the version `before` also what changed: new
 * executables, wider powers, another licence or publisher; without it those are no change.
 */
export async function lookAt(
  after: FetchedArtifact,
  before: FetchedArtifact | null,
): Promise<readonly TrustFinding[]> {
  const files = after.files.toSorted((one, other) => comparePaths(one.path, other.path));
  const shape = [...limitFindings(files), ...pathFindings(files)];
  if (shape.length === 0) shape.push(...linkFindings(await linksOf(files)));
  if (shape.length > 0) return shape;
  const findings = before === null ? [] : [...originFindings(before, after)];
  const old = new Map(before?.files.map((file) => [file.path, file]));
  for (const file of files) {
    if (!isSymlink(file.mode)) findings.push(...(await fileFindings(file, before === null ? null : old)));
  }
  return findings;
}

/** The findings that no exception names. What is refused stays so whatever is excepted. */
export function unexcepted(
  findings: readonly TrustFinding[],
  exceptions: Iterable<string>,
): readonly TrustFinding[] {
  const allowed = new Set(exceptions);
  return findings.filter(({ severity, fingerprint }) => severity === "refused" || !allowed.has(fingerprint));
}

async function linksOf(files: readonly FetchedFile[]) {
  const decoder = new TextDecoder();
  return await Promise.all(
    files.map(async ({ path, mode, read }) => ({
      path,
      mode,
      target: isSymlink(mode) ? decoder.decode(await read()) : null,
    })),
  );
}

async function fileFindings(
  file: FetchedFile,
  old: ReadonlyMap<string, FetchedFile> | null,
): Promise<readonly TrustFinding[]> {
  const bytes = await file.read();
  const findings: TrustFinding[] = [
    ...contentFindings(file.path, bytes),
    ...(await secretFindings(file.path, bytes)),
  ];
  if (old !== null) findings.push(...(await changeFindings(file, bytes, old.get(file.path) ?? null)));
  return findings;
}

function contentFindings(path: string, bytes: Uint8Array): readonly TrustFinding[] {
  const isMarkdown = textFormatOf(path) === "markdown";
  const isProse = isMarkdown || /\.txt$/i.test(path);
  return [...textPieces(path, bytes)].flatMap(({ text, firstLine }) => [
    ...hiddenFindings(path, text, { isProse, firstLine }),
    ...(isMarkdown && firstLine === 1 ? commentFindings(path, text) : []),
  ]);
}

/** Each with the fingerprint by which the scan of secrets everywhere knows it, so that one exception holds for both. */
async function secretFindings(path: string, bytes: Uint8Array): Promise<readonly TrustFinding[]> {
  return (await findSecrets(path, bytes)).map(({ rule, line, excerpt, fingerprint }) => ({
    code: "secret",
    severity: "security",
    path: escapeHidden(path),
    lines: [{ line, text: escapeHidden(excerpt) }],
    moreLines: 0,
    message: `looks like a secret (${rule})`,
    fingerprint,
  }));
}

async function changeFindings(
  { path, mode }: FetchedFile,
  bytes: Uint8Array,
  old: FetchedFile | null,
): Promise<readonly TrustFinding[]> {
  const findings: TrustFinding[] = [];
  const canRun = isExecutable(mode, bytes);
  const isLicence = isLicenceFile({ path });
  if (!canRun && !isLicence && !mayDeclarePower(path)) return findings;
  const before = old === null || isSymlink(old.mode) ? null : await old.read();
  if (canRun && (old === null || before === null || !isExecutable(old.mode, before))) {
    findings.push(executableFinding(path, mode, bytes));
  }
  findings.push(...powerFindings(path, before, bytes));
  if (isLicence && before !== null) {
    const decoder = new TextDecoder();
    const changed = licenceTextFinding(path, decoder.decode(before), decoder.decode(bytes));
    if (changed !== null) findings.push(changed);
  }
  return findings;
}
