import { spawn } from "node:child_process";
import { executableMode, type FileMode, regularMode, symlinkMode } from "../../../domain/files.ts";
import type { SourceFile } from "../source-tree.ts";

/** What `git ls-tree -r -t -l -z` prints: files, and the hash of every folder. */
export interface ListedTree {
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly hashes: ReadonlyMap<string, string>;
  readonly submodules: readonly string[];
}

const modes: Readonly<Record<string, FileMode>> = {
  "100644": regularMode,
  "100664": regularMode,
  "100755": executableMode,
  "120000": symlinkMode,
};

/** Reads a listing. Paths are taken as they stand; ill-formed ones turn into what no collection can hold. */
export function parseListing(output: Buffer): ListedTree {
  const files = new Map<string, SourceFile>();
  const hashes = new Map<string, string>();
  const submodules: string[] = [];
  for (const record of output.toString("utf8").split("\0")) {
    const tab = record.indexOf("\t");
    if (tab === -1) continue;
    const [octal = "", , hash = "", size = ""] = record.slice(0, tab).split(/ +/);
    const path = record.slice(tab + 1);
    hashes.set(path, hash);
    const mode = modes[octal];
    if (octal === "160000") submodules.push(path);
    else if (mode !== undefined) files.set(path, { path, mode, size: Number(size), hash });
  }
  return { files, hashes, submodules };
}

/**
 * Reads objects of a repository one after the other through one `git cat-file --batch`: one process for any number
 * of files, and one file at a time in memory.
 */
export class GitObjects implements AsyncDisposable {
  readonly #child;
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(gitFolder: string, variables: Readonly<Record<string, string | undefined>>) {
    this.#child = spawn("git", ["--git-dir", gitFolder, "cat-file", "--batch"], {
      shell: false,
      windowsHide: true,
      stdio: ["pipe", "pipe", "ignore"],
      env: { ...variables, LC_ALL: "C" },
    });
    this.#child.stdin.on("error", () => undefined);
    this.#chunks = this.#child.stdout[Symbol.asyncIterator]();
  }

  /** The bytes of an object; undefined where the repository does not have it. */
  async read(hash: string): Promise<Uint8Array | undefined> {
    this.#child.stdin.write(`${hash}\n`);
    const head = await this.#line();
    const size = Number(/ (\d+)$/.exec(head)?.[1] ?? Number.NaN);
    if (!Number.isInteger(size)) return undefined;
    const bytes = await this.#take(size);
    await this.#take(1);
    return bytes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#child.once("close", resolve));
    this.#child.stdin.end();
    this.#child.stdout.destroy();
    if (this.#child.exitCode === null && this.#child.signalCode === null) await closed;
  }

  async #line(): Promise<string> {
    for (;;) {
      const end = this.#held.indexOf(0x0a);
      if (end !== -1) {
        const line = this.#held.subarray(0, end).toString("utf8");
        this.#held = this.#held.subarray(end + 1);
        return line;
      }
      if (!(await this.#more())) return "";
    }
  }

  async #take(size: number): Promise<Uint8Array> {
    const parts: Buffer[] = [];
    let missing = size;
    while (missing > 0) {
      if (this.#held.length === 0 && !(await this.#more())) break;
      const part = this.#held.subarray(0, missing);
      parts.push(part);
      this.#held = this.#held.subarray(part.length);
      missing -= part.length;
    }
    return new Uint8Array(Buffer.concat(parts));
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#held = this.#held.length === 0 ? next.value : Buffer.concat([this.#held, next.value]);
    return true;
  }
}
