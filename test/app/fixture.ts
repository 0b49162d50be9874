import { createHash, randomBytes } from "node:crypto";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Environment } from "../../src/app/environment.ts";

/** A home, a store and a project in a folder of their own, and the environment that a use case is given. */
export interface World {
  readonly folder: string;
  readonly home: string;
  readonly project: string;
  readonly environment: Environment;
  /** The same world, seen from another folder or by another user. */
  readonly with: (changes: Partial<Environment>) => Environment;
  readonly write: (path: string, content: string | Uint8Array) => void;
  readonly read: (path: string) => string;
  readonly remove: (path: string) => void;
  readonly dispose: () => void;
}

/** Makes an empty world. Its clock is the machine's, in microseconds; pass another to freeze or turn it back. */
export function makeWorld(now: () => number = () => Date.now() * 1000): World {
  const folder = mkdtempSync(join(tmpdir(), "stet-world-"));
  const home = join(folder, "home");
  const project = join(folder, "project");
  mkdirSync(home);
  mkdirSync(project);
  const environment: Environment = {
    workingFolder: project,
    homeFolder: home,
    storeFolder: join(home, "stet"),
    variables: {},
    clock: { now },
    random: (count) => randomBytes(count),
    user: "ana",
    host: "test",
    processId: process.pid,
    platform: process.platform,
    progress: () => undefined,
  };
  return {
    folder,
    home,
    project,
    environment,
    with: (changes) => ({ ...environment, ...changes }),
    write: (path, content) => {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), content);
    },
    read: (path) => readFileSync(join(project, path), "utf8"),
    remove: (path) => rmSync(join(project, path), { recursive: true, force: true }),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Every file below a folder by its path: a hash of its bytes, or where a link points. Stet's own work is left out. */
export function treeOf(folder: string, below = ""): Map<string, string> {
  const tree = new Map<string, string>();
  for (const name of readdirSync(join(folder, below)).sort()) {
    const path = below === "" ? name : `${below}/${name}`;
    const stat = lstatSync(join(folder, path));
    if (stat.isDirectory()) {
      if (name === ".work") continue;
      for (const [inner, hash] of treeOf(folder, path)) tree.set(inner, hash);
    } else if (stat.isSymbolicLink()) {
      tree.set(path, `-> ${readlinkSync(join(folder, path))}`);
    } else {
      tree.set(
        path,
        createHash("sha256")
          .update(readFileSync(join(folder, path)))
          .digest("hex"),
      );
    }
  }
  return tree;
}
