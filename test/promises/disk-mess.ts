import { createHash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** What programs that know nothing of stet do to files, by the name of what they do. */
export const messes = [
  "write in place",
  "write in place",
  "rename over",
  "append",
  "copy another's text",
  "delete",
  "chmod",
  "link inside",
  "link outside",
  "replace by a folder",
  "remove the folder",
  "open for later",
  "write to what was opened",
  "leave a hidden file",
] as const;
export type Mess = (typeof messes)[number];

/** Files below the project that the mess is made of: the root's, the target's, and names that both know. */
export const messyFiles = [
  ".agents/skills/reading/SKILL.md",
  ".agents/skills/reading/notes.md",
  ".agents/skills/reading/deep/er/table.csv",
  ".agents/skills/writing/SKILL.md",
  ".agents/agents/reviewer.md",
  ".agents/commands/git/ship.md",
  "AGENTS.md",
  ".claude/skills/reading/SKILL.md",
  ".claude/skills/reading/notes.md",
  ".claude/agents/reviewer.md",
  ".claude/agents/own.md",
] as const;
export type MessyFile = (typeof messyFiles)[number];

/** A folder full of such files, and what was done to it. Every text that is written is another one. */
export class DiskMess implements Disposable {
  readonly #project: string;
  readonly #open: number[] = [];
  #written = 0;

  constructor(project: string) {
    this.#project = project;
  }

  [Symbol.dispose](): void {
    for (const descriptor of this.#open.splice(0)) closeSync(descriptor);
  }

  /** A text that nobody has written yet, and that every kind of artifact can hold. */
  text(): string {
    this.#written++;
    return `---\nname: thing\ndescription: text ${this.#written}\n---\n\nText ${this.#written}.\n`;
  }

  make(mess: Mess, file: MessyFile, other: MessyFile): void {
    this.#ways[mess](join(this.#project, file), join(this.#project, other));
  }

  readonly #ways: Readonly<Record<Mess, (path: string, other: string) => void>> = {
    "write in place": (path) => this.#put(path, (free) => writeFileSync(free, this.text())),
    "rename over": (path) =>
      this.#put(path, (free) => {
        writeFileSync(join(this.#project, "elsewhere"), this.text());
        renameSync(join(this.#project, "elsewhere"), free);
      }),
    append: (path) => {
      if (isFile(path)) writeFileSync(path, this.text(), { flag: "a" });
    },
    "copy another's text": (path, other) => {
      if (isFile(other)) this.#put(path, (free) => writeFileSync(free, readFileSync(other)));
    },
    delete: (path) => rmSync(path, { recursive: true, force: true }),
    chmod: (path) => {
      if (isFile(path)) chmodSync(path, (lstatSync(path).mode & 0o777) === 0o755 ? 0o600 : 0o755);
    },
    "link inside": (path) => this.#link("SKILL.md", path),
    "link outside": (path) => this.#link("/etc/hostname", path),
    "replace by a folder": (path) => {
      rmSync(path, { recursive: true, force: true });
      this.#put(join(path, "inner.md"), (free) => writeFileSync(free, this.text()));
    },
    "remove the folder": (path) => {
      if (dirname(path) !== this.#project) rmSync(dirname(path), { recursive: true, force: true });
    },
    "open for later": (path) => {
      if (isFile(path)) this.#open.push(openSync(path, "r+"));
    },
    "write to what was opened": () => this.#writeLate(),
    "leave a hidden file": (path) => {
      if (dirname(path) === this.#project) return;
      this.#put(join(dirname(path), ".DS_Store"), (free) => writeFileSync(free, this.text()));
    },
  };

  /** Makes the folders that are wanting; where a file is in the way, its writer would have given up as well. */
  #put(path: string, write: (path: string) => void): void {
    try {
      if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
      mkdirSync(dirname(path), { recursive: true });
    } catch {
      return;
    }
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(path);
    write(path);
  }

  #link(text: string, path: string): void {
    this.#put(path, (free) => {
      rmSync(free, { force: true });
      symlinkSync(text, free);
    });
  }

  /** An editor that held a file open writes to it, whatever became of its name since. */
  #writeLate(): void {
    const descriptor = this.#open.pop();
    if (descriptor === undefined) return;
    ftruncateSync(descriptor);
    writeSync(descriptor, this.text(), 0);
    closeSync(descriptor);
  }
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** What lies on disk: every file and link with the hash that history would know it by, and every folder. */
export interface DiskLook {
  readonly files: ReadonlyMap<string, string>;
  readonly folders: ReadonlySet<string>;
  /** Hashes of what a collection at `.agents` keeps every version of. */
  readonly versioned: readonly string[];
}

export function lookAtDisk(project: string): DiskLook {
  const files = new Map<string, string>();
  const folders = new Set<string>();
  const versioned: string[] = [];
  const visit = (below: string): void => {
    for (const entry of readdirSync(join(project, below), { withFileTypes: true })) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) {
        folders.add(path);
        visit(path);
        continue;
      }
      const bytes = entry.isSymbolicLink()
        ? readlinkSync(join(project, path))
        : readFileSync(join(project, path));
      const hash = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
      files.set(path, hash);
      const leaves = entry.isSymbolicLink() && `${bytes}`.startsWith("/");
      if (!leaves && isVersioned(path)) versioned.push(hash);
    }
  };
  visit("");
  return { files, folders, versioned };
}

function isVersioned(path: string): boolean {
  if (path.endsWith(".DS_Store")) return false;
  return /^\.agents\/(skills|agents|commands|rules|reports)\/./.test(path) || path === "AGENTS.md";
}
