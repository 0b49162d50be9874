import { posix } from "node:path";
import { isSymlink } from "../../domain/files.ts";
import type { ArtifactAdapter, FileContent, FileContents } from "./adapter.ts";
import { markdownMeaning } from "./markdown-meaning.ts";

/**
 * Files that go to a runtime and back as they are, byte for byte: the canonical dialect is the one that
 * Claude Code and the open `.agents` layout share.
 */
export const passThroughAdapter: ArtifactAdapter = {
  render({ files, targetPath }) {
    const why = leavingLink(files);
    if (why !== null) return { outcome: "blocked", why };
    const rendered = renamed(files, targetPath);
    return { outcome: "rendered", files: rendered, fresh: rendered, dropped: [] };
  },
  parse({ files, canonicalPath }) {
    const why = leavingLink(files);
    if (why !== null) return { outcome: "problem", why };
    return { outcome: "parsed", files: renamed(files, canonicalPath), foreign: [] };
  },
  meaning: (_path, bytes) => markdownMeaning(bytes),
  // A script's line ends decide whether it runs, so only Markdown is looked into.
  hasMeaning: (path) => path.endsWith(".md"),
  keepsMode: true,
};

function renamed(files: FileContents, rename: (path: string) => string): FileContents {
  return new Map([...files].map(([path, file]): [string, FileContent] => [rename(path), file]));
}

/**
 * A symbolic link that would point elsewhere from the other place: one that leaves its artifact, and every
 * link of an artifact that is a single file.
 */
export function leavingLink(files: FileContents): string | null {
  const folder = commonFolder([...files.keys()]);
  for (const [path, { bytes, mode }] of files) {
    if (!isSymlink(mode)) continue;
    const link = new TextDecoder().decode(bytes);
    const reached = posix.normalize(posix.join(posix.dirname(path), link));
    if (link.startsWith("/") || folder === null || !reached.startsWith(folder)) {
      return `${path} is a symbolic link to ${link}, which lies outside the artifact`;
    }
  }
  return null;
}

/** The folder with the file that makes it an artifact; null where there is none. */
function commonFolder(paths: readonly string[]): string | null {
  const mains = paths.filter((path) => /(?:^|\/)SKILL\.md$/i.test(path));
  const [main] = mains.sort((one, other) => one.length - other.length);
  return main === undefined ? null : main.slice(0, -"SKILL.md".length);
}
