import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { findSecrets } from "../artifacts/secrets.ts";
import { collectionFilePath } from "../collections/collection-file.ts";
import { StetError } from "../domain/errors.ts";
import { type FileEntry, isSymlink } from "../domain/files.ts";
import { hexOfBytes } from "../domain/hex.ts";
import type { CollectionPath } from "../domain/paths.ts";
import { errorFromDisk } from "../workspace/disk-errors.ts";
import { readBlob } from "./cat.ts";
import type { Environment, ReadOptions } from "./environment.ts";
import { artifactAmong, readArtifactArgument } from "./history/artifact-argument.ts";
import { type Answer, answer, type Skipped } from "./outcomes.ts";
import { rootLayout } from "./targets/targets.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";

export interface ExportInput extends ReadOptions {
  /** The folder that is made: new, or there and empty. Below the working folder unless absolute. */
  readonly to: string;
  /** `skill/pdf`; absent for the whole collection. */
  readonly artifact?: string;
}

export interface ExportData {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  /** Files that were left out, each with its reason. */
  readonly skipped: readonly Skipped[];
}

/**
 * Writes plain files that need no stet: the collection laid out as in its project, or one artifact's own files.
 * The folder appears whole or not at all, and nothing that is there is ever replaced. Files with a secret are
 * left out. Throws E-EXISTS, E-NOT-FOUND and E-PRUNED.
 */
export async function exportFiles(environment: Environment, input: ExportInput): Promise<Answer<ExportData>> {
  return await reading(environment, input, async (bench) => {
    const folder = resolve(environment.workingFolder, input.to);
    requireNewOrEmpty(folder);
    const files = await filesToExport(bench, input);
    const { safe, skipped } = await withoutSecrets(bench, files);
    await writeFolder(bench, folder, safe);
    const bytes = safe.reduce((sum, { entry }) => sum + entry.size, 0);
    return answer(
      { folder, files: safe.length, bytes, skipped },
      { notices: bench.notices, needsDecision: skipped.length > 0 },
    );
  });
}

interface ExportedFile {
  /** Path below the new folder. */
  readonly to: string;
  readonly path: CollectionPath;
  readonly entry: FileEntry;
}

async function filesToExport(bench: Workbench, input: ExportInput): Promise<readonly ExportedFile[]> {
  const { entries } = await bench.present();
  if (input.artifact !== undefined) {
    const artifact = artifactAmong({ entries }, readArtifactArgument(input.artifact));
    const isOne = artifact.files.length === 1 && artifact.main?.path === artifact.files[0]?.path;
    return artifact.files.map(({ inner, path, entry }) => ({
      // A kind of one file keeps its own name: `reviewer.md`, not `agent.md`.
      to: isOne && !inner.includes("/") ? basename(path) : inner,
      path,
      entry,
    }));
  }
  const layout = rootLayout(bench.located);
  const own = new Set<string>([collectionFilePath, "stet/collection.lock"]);
  return [...entries]
    .filter(([path]) => !own.has(path))
    .map(([path, entry]) => ({
      to: path.startsWith("@project/") ? path.slice("@project/".length) : `${layout}/${path}`,
      path,
      entry,
    }));
}

async function withoutSecrets(bench: Workbench, files: readonly ExportedFile[]) {
  const safe: ExportedFile[] = [];
  const skipped: Skipped[] = [];
  const allowed = bench.allowedSecrets;
  for (const file of files) {
    const content = await readBlob(bench, file.entry.blob, file.path);
    const finding = (await findSecrets(file.path, content)).find((one) => !allowed.has(one.fingerprint));
    if (finding === undefined) safe.push(file);
    else {
      const reason = `line ${finding.line} looks like a secret (${finding.rule}); to let it pass: stet allow ${finding.fingerprint} --reason "..."`;
      skipped.push({ what: file.path, reason });
    }
  }
  return { safe, skipped };
}

function requireNewOrEmpty(folder: string): void {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there === undefined) {
    if (existsSync(dirname(folder))) return;
    throw new StetError({
      code: "E-NOT-FOUND",
      what: "The folder above the one to make is not there.",
      where: dirname(folder),
      why: "Only the last folder of the path is made.",
      kept: "Nothing was written.",
      fixes: [{ cmd: `mkdir -p ${dirname(folder)}`, summary: "make it first" }],
    });
  }
  if (there.isDirectory() && readdirSync(folder).length === 0) return;
  throw taken(folder, there.isDirectory() ? "There are files in it." : "It is no folder.");
}

function taken(where: string, why: string): StetError {
  return new StetError({
    code: "E-EXISTS",
    what: "Files are exported only into a new or empty folder.",
    where,
    why,
    kept: "Nothing was written, and nothing that is there was replaced.",
    fixes: [{ cmd: "stet export --to <new folder>", summary: "name another folder" }],
  });
}

/** Everything is written beside the folder, and one rename puts it there: over an empty folder, never over files. */
async function writeFolder(bench: Workbench, folder: string, files: readonly ExportedFile[]): Promise<void> {
  const staged = join(dirname(folder), `.${basename(folder)}-${hexOfBytes(bench.environment.random(8))}`);
  try {
    mkdirSync(staged);
    // Links come last, so that no file is ever written through one.
    const [links, plain] = [true, false].map((wanted) =>
      files.filter(({ entry }) => isSymlink(entry.mode) === wanted),
    );
    // Each content is read when it is written: all of them at a time would be the whole collection.
    for (const { to, path, entry } of plain ?? []) {
      const content = await readBlob(bench, entry.blob, path);
      mkdirSync(dirname(join(staged, to)), { recursive: true });
      writeFileSync(join(staged, to), content, { flag: "wx", mode: entry.mode & 0o777 });
    }
    for (const { to, path, entry } of links ?? []) {
      const content = await readBlob(bench, entry.blob, path);
      mkdirSync(dirname(join(staged, to)), { recursive: true });
      symlinkSync(new TextDecoder().decode(content), join(staged, to));
    }
    renameSync(staged, folder);
  } catch (error) {
    rmSync(staged, { recursive: true, force: true });
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOTEMPTY" || code === "EEXIST" || code === "ENOTDIR")
      throw taken(folder, "Somebody put a file there meanwhile.");
    throw errorFromDisk(error, "export the files", folder);
  }
}
