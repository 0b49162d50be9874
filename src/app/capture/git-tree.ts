import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import type { FileEntry } from "../../domain/files.ts";
import { isSymlink } from "../../domain/files.ts";
import type { Environment } from "../environment.ts";

/** A file of one of git's commits. */
interface GitFile {
  readonly mode: string;
  readonly id: string;
}

/** Files of one of git's commits by path below the top of the working tree. */
export type GitTree = ReadonlyMap<string, GitFile>;

const waitMillisecondsMax = 10_000;
const outputBytesMax = 256 * 1024 * 1024;

/**
 * Reads what a commit of git holds under some paths. Runs `git ls-tree`, which writes nothing, takes no lock and
 * runs nothing that the repository's configuration names; missing objects are not fetched.
 * Null where git is not installed, refuses (another's repository), or does not know the commit.
 */
export async function readGitTree(
  environment: Environment,
  top: string,
  commit: string,
  paths: readonly string[],
): Promise<GitTree | null> {
  const words = ["-C", top, "--no-optional-locks", "ls-tree", "-r", "-z", "--full-tree", commit, "--"];
  const output = await runGit(environment, [...words, ...paths]);
  if (output === null) return null;
  const tree = new Map<string, GitFile>();
  for (const line of output.split("\0")) {
    const match = /^(\d{6}) blob ([0-9a-f]+)\t(.+)$/s.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined && match[3] !== undefined)
      tree.set(match[3], { mode: match[1], id: match[2] });
  }
  return tree;
}

function runGit(environment: Environment, words: readonly string[]): Promise<string | null> {
  const { variables, homeFolder } = environment;
  const env = {
    PATH: variables.PATH,
    HOME: homeFolder,
    LC_ALL: "C",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
    GIT_TERMINAL_PROMPT: "0",
  };
  const options = { env, cwd: homeFolder, timeout: waitMillisecondsMax, maxBuffer: outputBytesMax };
  return new Promise((resolve) => {
    execFile("git", [...words], options, (error, stdout) => resolve(error === null ? stdout : null));
  });
}

/**
 * Whether a file is what git would have put there. Line ends count for nothing: git may convert them on the way.
 */
export function isGitFile(file: GitFile, entry: FileEntry, bytes: Uint8Array): boolean {
  if ((file.mode === "120000") !== isSymlink(entry.mode)) return false;
  if (!isSymlink(entry.mode) && (file.mode === "100755") !== ((entry.mode & 0o100) !== 0)) return false;
  const algorithm = file.id.length === 64 ? "sha256" : "sha1";
  if (gitBlobId(algorithm, bytes) === file.id) return true;
  const plain = Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll("\r\n", "\n"), "latin1");
  return plain.length !== bytes.length && gitBlobId(algorithm, plain) === file.id;
}

function gitBlobId(algorithm: "sha1" | "sha256", bytes: Uint8Array): string {
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
