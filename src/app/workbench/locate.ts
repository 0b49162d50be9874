import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type CollectionFile,
  collectionFilePath,
  parseCollectionFile,
} from "../../collections/collection-file.ts";
import { StetError } from "../../domain/errors.ts";
import { isWithin } from "../../workspace/place-paths.ts";
import type { Environment, Scope } from "../environment.ts";

/** Folders that may be a root, in the order in which they are looked for. */
export const rootFolders = [".agents", ".claude"] as const;

/** A collection found on disk. */
export interface Located {
  readonly scope: Scope;
  /** The project folder, or the home folder: a real path. */
  readonly base: string;
  readonly root: string;
  readonly file: CollectionFile;
  readonly fileText: string;
}

/**
 * Finds the collection of a scope: for `project` that of the nearest folder upward with a collection file,
 * for `user` that in the home folder. Null where there is none.
 * Throws E-INVALID for a collection file that is damaged or newer: it is never taken for absent.
 */
export async function locateCollection(environment: Environment, scope: Scope): Promise<Located | null> {
  const home = await realPathOf(environment.homeFolder);
  if (scope === "user") return await collectionIn(home, scope);
  let folder = await realPathOf(environment.workingFolder);
  for (;;) {
    const found = folder === home ? null : await collectionIn(folder, scope);
    if (found !== null) return found;
    const parent = dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
}

/** Where `init` begins a project: the nearest git root upward, else the working folder itself. */
export async function projectFolder(environment: Environment): Promise<string> {
  const start = await realPathOf(environment.workingFolder);
  const home = await realPathOf(environment.homeFolder);
  for (let folder = start; folder !== home; folder = dirname(folder)) {
    if (await exists(join(folder, ".git"))) return folder;
    if (folder === dirname(folder)) break;
  }
  return start;
}

async function collectionIn(base: string, scope: Scope): Promise<Located | null> {
  for (const name of rootFolders) {
    const root = join(base, name, ...(scope === "local" ? ["stet", "local"] : []));
    const path = join(root, collectionFilePath);
    const fileText = await readIfThere(path);
    if (fileText === null) continue;
    const file = parseCollectionFile(fileText);
    if ("why" in file) throw damagedFile(`${name}/${collectionFilePath}`, file.why);
    const real = await realPathOf(root);
    // In the home folder it is the person's own link; in a project it may be anybody's.
    if (scope !== "user" && !isWithin(base, real)) throw leavesProject(name, base, real);
    return { scope, base, root: real, file, fileText };
  }
  return null;
}

function leavesProject(name: string, base: string, real: string): StetError {
  return new StetError({
    code: "E-UNTRUSTED",
    what: "The root is a link to a place outside the project.",
    where: join(base, name),
    why: `It leads to ${real}. A cloned project may carry a link to anywhere, so it is not followed.`,
    kept: "Nothing was read or written there.",
    fixes: [{ cmd: `rm ${name} && stet init`, summary: "remove the link, and begin in the project itself" }],
  });
}

function damagedFile(where: string, why: string): StetError {
  return new StetError({
    code: "E-INVALID",
    what: "The collection's own file cannot be read.",
    where,
    why,
    kept: "It was left as it is, and nothing was written.",
    fixes: [
      {
        cmd: "git log -p -- .agents/stet/collection.toml",
        summary: "see what it was before, where git has it",
      },
      { cmd: "stet init --yes", summary: "make a new one, after moving this one away" },
    ],
  });
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

async function realPathOf(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    throw new StetError(
      {
        code: "E-NOT-FOUND",
        what: "The folder is not there.",
        where: folder,
        why: error instanceof Error ? error.message : String(error),
        kept: "Nothing was written.",
        fixes: [{ cmd: "stet -C <folder> status", summary: "name another folder" }],
      },
      { cause: error },
    );
  }
}
