/**
 * What comes out of an archive, on its way into a private folder.
 *
 * - No name of the archive ever becomes a name on disk: files are numbered, and their paths are kept beside them. So
 *   whatever an entry is called, nothing outside the folder is touched.
 * - A name that leaves its folder, or comes twice, refuses the whole archive: no honest one has it.
 * - Bytes are counted while they come; what an entry says of its own size is never believed, and has to agree.
 */
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { executableMode, type FileMode, regularMode, symlinkMode } from "../../../domain/files.ts";
import { limits } from "../../../domain/limits.ts";
import { pathProblem } from "../../../domain/paths.ts";
import type { FetchedFile } from "../fetched-file.ts";
import { archiveRefusal } from "./archive-refusal.ts";

interface StoredFile {
  readonly mode: FileMode;
  readonly size: number;
  /** Name in the private folder; the target text of a link. */
  readonly stored: string;
}

const executableBits = 0o111;

export class Unpacking {
  readonly #folder: string;
  readonly #packedBytes: number;
  readonly #files = new Map<string, StoredFile>();
  readonly #folders = new Set<string>();
  #entries = 0;
  #bytes = 0;

  /** `packedBytes` is the size of the archive: how much more it may unpack to depends on it. */
  constructor(folder: string, packedBytes: number) {
    this.#folder = folder;
    this.#packedBytes = packedBytes;
  }

  /** Takes a file in. Of its mode only whether it can be run is kept: the rest is the packer's own habit. */
  async addFile(name: string, mode: number, size: number, content: AsyncIterable<Uint8Array>): Promise<void> {
    const path = this.#newPath(name);
    if (size > limits.blobBytesMax) throw tooMuch(name, `one file of ${size} bytes`);
    const stored = String(this.#files.size + 1);
    const file = await open(join(this.#folder, stored), "wx", 0o600);
    let written = 0;
    try {
      for await (const chunk of content) {
        written += chunk.length;
        if (written > size) throw lies(name, size);
        this.count(name, chunk.length);
        await file.writeFile(chunk);
      }
    } finally {
      await file.close();
    }
    if (written !== size) throw lies(name, size);
    this.#files.set(path, {
      mode: (mode & executableBits) === 0 ? regularMode : executableMode,
      size,
      stored,
    });
  }

  addLink(name: string, target: string): void {
    const path = this.#newPath(name);
    if (target.length > limits.pathBytesMax) throw tooMuch(name, "the target of a link");
    this.#files.set(path, {
      mode: symlinkMode,
      size: new TextEncoder().encode(target).length,
      stored: target,
    });
  }

  /** A second name of a file that came before. */
  addSame(name: string, other: string): void {
    const path = this.#newPath(name);
    const file = this.#files.get(other.replace(/^(?:\.\/)+/, ""));
    if (file === undefined || file.mode === symlinkMode) {
      throw archiveRefusal("E-PATH", name, "It is a second name of a file that the archive does not hold.");
    }
    this.#files.set(path, file);
  }

  addFolder(name: string): void {
    const path = checkedPath(name.replace(/\/+$/, ""));
    this.#countEntry(name);
    if (path !== null) this.#folders.add(path);
  }

  /** Counts bytes that came out of the archive, before they go anywhere. */
  count(name: string, bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > limits.unpackedBytesMax) throw tooMuch(name, "more than an archive may hold");
    const allowed = this.#packedBytes * limits.archiveRatioMax + limits.archiveRatioFreeBytes;
    if (this.#bytes > allowed) throw tooMuch(name, `more than ${limits.archiveRatioMax} times its own size`);
  }

  /** The files with their paths, readable for as long as the private folder is there. */
  files(): readonly FetchedFile[] {
    return [...this.#files].map(([path, { mode, size, stored }]) => ({
      path,
      mode,
      size,
      read: async () =>
        mode === symlinkMode
          ? new TextEncoder().encode(stored)
          : new Uint8Array(await readFile(join(this.#folder, stored))),
    }));
  }

  #newPath(name: string): string {
    this.#countEntry(name);
    const path = checkedPath(name);
    if (path === null) throw archiveRefusal("E-PATH", name, "A file has no name.");
    if (this.#files.has(path) || this.#folders.has(path)) {
      throw archiveRefusal(
        "E-PATH",
        name,
        "The name comes twice, and programs differ in which one they take.",
      );
    }
    return path;
  }

  #countEntry(name: string): void {
    this.#entries += 1;
    if (this.#entries > limits.archiveEntriesMax)
      throw tooMuch(name, `more than ${limits.archiveEntriesMax} entries`);
  }
}

/** Null for the archive's own top, which some packers name. */
function checkedPath(name: string): string | null {
  const path = name.replace(/^(?:\.\/)+/, "");
  if (path === "" || path === ".") return null;
  const problem = pathProblem(path);
  if (problem !== null)
    throw archiveRefusal("E-PATH", name, `Its name is not one of a file in a folder: ${problem}.`);
  return path;
}

function tooMuch(name: string, what: string) {
  return archiveRefusal("E-LIMIT", name, `The archive unpacks to too much: ${what}.`);
}

function lies(name: string, size: number) {
  return archiveRefusal(
    "E-UPSTREAM",
    name,
    `It says that it has ${size} bytes, and has another number of them.`,
  );
}
