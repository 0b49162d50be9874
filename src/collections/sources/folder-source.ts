import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { executableMode, regularMode, symlinkMode } from "../../domain/files.ts";
import { limits } from "../../domain/limits.ts";
import { errorName } from "../../workspace/disk.ts";
import { upstreamFailure } from "./http/upstream-failure.ts";
import type { ResolvedSource, SourceContext, SourceFile, SourceTree, WantedVersion } from "./source-tree.ts";

/** Folders that hold no artifact, whatever lies in them. */
const passedOver: ReadonlySet<string> = new Set([".git", "node_modules", "__pycache__", ".work", ".venv"]);
const filesMax = 200_000;

/** A folder on this machine, or another collection: read where it lies, and never written. */
export async function resolveFolder(
  folder: string,
  wanted: WantedVersion,
  context: SourceContext,
): Promise<ResolvedSource> {
  const typed = wanted.typed ?? wanted.ref ?? wanted.range;
  if (typed != null) {
    throw upstreamFailure(folder, "A folder has no versions: it is taken as it lies there now.");
  }
  const top = placeOf(folder, context);
  return {
    commit: null,
    tag: null,
    version: null,
    asked: { ref: null, range: null },
    tags: new Map(),
    open: async () => openFolder(top, folder),
  };
}

/** Where a folder or file that a manifest names lies. */
function placeOf(name: string, { baseFolder, homeFolder }: Pick<SourceContext, "baseFolder" | "homeFolder">) {
  if (name === "~" || name.startsWith("~/")) return join(homeFolder, name.slice(2));
  return isAbsolute(name) ? name : resolve(baseFolder, name);
}

function openFolder(folder: string, shown: string): SourceTree & AsyncDisposable {
  const files = new Map<string, SourceFile>();
  const left: { path: string; why: string }[] = [];
  try {
    walk(realpathSync(folder), "", files, left);
  } catch (error) {
    throw upstreamFailure(shown, `The folder cannot be read: ${errorName(error) ?? "it is too large"}.`);
  }
  return {
    commit: null,
    tag: null,
    version: null,
    released: null,
    publisher: null,
    licence: null,
    files,
    left,
    hashOf: () => null,
    read: async (file) => {
      const path = join(folder, file.path);
      const bytes = file.mode === symlinkMode ? Buffer.from(readlinkSync(path)) : readFileSync(path);
      return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function walk(
  top: string,
  below: string,
  files: Map<string, SourceFile>,
  left: { path: string; why: string }[],
): void {
  if (below.split("/").length > limits.pathDepthMax) {
    left.push({ path: below, why: "it lies too deep" });
    return;
  }
  for (const name of readdirSync(join(top, below))) {
    if (passedOver.has(name)) continue;
    const path = below === "" ? name : `${below}/${name}`;
    const stat = lstatSync(join(top, path));
    if (stat.isDirectory()) walk(top, path, files, left);
    else if (stat.isSymbolicLink()) files.set(path, { path, mode: symlinkMode, size: stat.size, hash: null });
    else if (stat.isFile()) {
      const mode = (stat.mode & 0o111) === 0 ? regularMode : executableMode;
      files.set(path, { path, mode, size: stat.size, hash: null });
    } else left.push({ path, why: "it is neither a file nor a folder" });
    if (files.size > filesMax) throw new RangeError(`it holds more than ${filesMax} files`);
  }
}
