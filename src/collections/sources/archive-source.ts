import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isFileMode } from "../../domain/files.ts";
import { errorName } from "../../workspace/disk.ts";
import { sha256OfFile } from "./archive/sha256-of-file.ts";
import { type UnpackedArchive, unpackArchive } from "./archive/unpack-archive.ts";
import type { FetchedFile } from "./fetched-file.ts";
import { downloadTo } from "./http/download.ts";
import { upstreamFailure } from "./http/upstream-failure.ts";
import type { ResolvedSource, SourceContext, SourceFile, SourceTree, WantedVersion } from "./source-tree.ts";

interface ArchiveFile {
  readonly file: string;
  readonly commit: string;
}

/**
 * An archive on this machine, or behind a URL. It has no versions: the SHA-256 of its bytes stands for its commit, so
 * one behind a URL is downloaded to be told. Throws E-UPSTREAM; only opening it also throws E-LIMIT and E-PATH.
 */
export async function resolveArchive(
  location: string,
  { ref, range, typed = null }: WantedVersion,
  context: SourceContext,
): Promise<ResolvedSource> {
  const { file, commit } = await (/^https?:\/\//.test(location) ? downloaded : onDisk)(location, context);
  const asked = typed ?? ref ?? range;
  if (asked !== null && asked !== commit) {
    const why = asked.startsWith("sha256:")
      ? "The archive there is another one now."
      : "An archive has no versions: it is what it is.";
    throw upstreamFailure(location, why);
  }
  return {
    ...{ commit, tag: null, version: null },
    asked: { ref: null, range: null },
    tags: new Map(),
    open: async () => {
      const signal = context.interrupt === null ? {} : { signal: context.interrupt };
      return unpackedTree(await unpackArchive(file, await context.folder(), signal), { commit });
    },
  };
}

async function downloaded(url: string, { folder, interrupt, progress }: SourceContext): Promise<ArchiveFile> {
  const file = join(await folder(), "download");
  progress(`downloading from ${URL.parse(url)?.host ?? "its server"}`);
  const { sha256 } = await downloadTo(file, { url, ...(interrupt === null ? {} : { signal: interrupt }) });
  return { file, commit: `sha256:${sha256}` };
}

async function onDisk(location: string, context: SourceContext): Promise<ArchiveFile> {
  const file = localFile(location, context);
  try {
    return { file, commit: `sha256:${await sha256OfFile(file)}` };
  } catch (error) {
    throw upstreamFailure(location, `The archive cannot be read (${errorName(error) ?? "unknown"}).`);
  }
}

function localFile(location: string, { baseFolder, homeFolder }: SourceContext): string {
  if (location.startsWith("file://")) return fileURLToPath(location);
  if (location.startsWith("~/")) return join(homeFolder, location.slice(2));
  return isAbsolute(location) ? location : resolve(baseFolder, location);
}

/** What was unpacked as a tree; `about` says what else is known of it. */
export function unpackedTree(
  { files }: UnpackedArchive,
  about: Partial<Pick<SourceTree, "commit" | "tag" | "version" | "released" | "publisher" | "licence">>,
): SourceTree & AsyncDisposable {
  const fetched = new Map<string, FetchedFile>();
  const listed = new Map<string, SourceFile>();
  for (const file of files) {
    if (!isFileMode(file.mode)) continue;
    fetched.set(file.path, file);
    listed.set(file.path, { path: file.path, mode: file.mode, size: file.size, hash: null });
  }
  return {
    ...{ commit: null, tag: null, version: null, released: null, publisher: null, licence: null },
    ...about,
    files: listed,
    left: [],
    hashOf: () => null,
    read: async ({ path }) => {
      const file = fetched.get(path);
      if (file === undefined) throw upstreamFailure(path, "It is not in the archive.");
      return await file.read();
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}
