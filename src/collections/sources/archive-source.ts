import { isAbsolute, join, resolve } from "node:path";
import { isFileMode } from "../../domain/files.ts";
import { type UnpackedArchive, unpackArchive } from "./archive/unpack-archive.ts";
import type { FetchedFile } from "./fetched-file.ts";
import { downloadTo } from "./http/download.ts";
import { upstreamFailure } from "./http/upstream-failure.ts";
import type { ResolvedSource, SourceContext, SourceFile, SourceTree, WantedVersion } from "./source-tree.ts";

/** An archive on this machine, or behind a URL. Its hash stands for its commit. */
export async function resolveArchive(
  location: string,
  wanted: WantedVersion,
  context: SourceContext,
): Promise<ResolvedSource> {
  const typed = wanted.typed ?? wanted.range;
  if (typed != null) throw upstreamFailure(location, "An archive has no versions: it is what it is.");
  const unpacked = await fetchArchive(location, context);
  return {
    ...{ commit: `sha256:${unpacked.sha256}`, tag: null, version: null },
    asked: { ref: null, range: null },
    tags: new Map(),
    open: async () => unpackedTree(unpacked, { commit: `sha256:${unpacked.sha256}` }),
  };
}

async function fetchArchive(location: string, context: SourceContext): Promise<UnpackedArchive> {
  const folder = await context.folder();
  const signal = context.interrupt === null ? {} : { signal: context.interrupt };
  if (!/^https?:\/\//.test(location)) {
    return await unpackArchive(localFile(location, context), folder, signal);
  }
  const file = join(folder, "download");
  await downloadTo(file, { url: location, ...signal });
  return await unpackArchive(file, folder, signal);
}

function localFile(location: string, { baseFolder, homeFolder }: SourceContext): string {
  if (location.startsWith("file://")) return decodeURIComponent(new URL(location).pathname);
  if (location.startsWith("~/")) return join(homeFolder, location.slice(2));
  return isAbsolute(location) ? location : resolve(baseFolder, location);
}

/** What was unpacked as a tree; `about` says what else is known of it. */
export function unpackedTree(
  { files }: UnpackedArchive,
  about: Partial<Pick<SourceTree, "commit" | "version" | "released" | "publisher" | "licence">>,
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
