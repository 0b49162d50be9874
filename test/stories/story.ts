import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../bin/stet.mjs", import.meta.url));
const compileCache = fileURLToPath(new URL("../../node_modules/.cache/stories", import.meta.url));

/** Files by path; a text that begins with `#!` becomes executable. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** What one command line printed, and how it ended. */
export interface Told {
  readonly words: readonly string[];
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CallExtras {
  readonly input?: string | Uint8Array;
  readonly variables?: Readonly<Record<string, string>>;
  /** A command, with its words, that runs this one. */
  readonly runner?: readonly string[];
  /** What happens to the command while it runs. */
  readonly meanwhile?: (child: ChildProcess) => Promise<void>;
}

/**
 * One story: a project, a home folder and a store of its own, and the real command run as a child process.
 * Everything is removed when the story ends (`await using`).
 */
export class Story implements AsyncDisposable {
  readonly folder: string;
  readonly project: string;
  readonly home: string;
  readonly storeFolder: string;
  readonly #names = new Map<string, string>();

  private constructor(folder: string) {
    this.folder = folder;
    this.project = join(folder, "project");
    this.home = join(folder, "home");
    this.storeFolder = join(folder, "store");
  }

  static async begin(files: Files): Promise<Story> {
    const story = new Story(await realpath(await mkdtemp(join(tmpdir(), "stet-story-"))));
    await mkdir(story.project, { recursive: true });
    await mkdir(story.home);
    for (const [path, content] of Object.entries(files)) await story.write(path, content);
    return story;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Runs `stet` in the project, without a terminal, as `ana`, with nothing else in the environment. */
  async stet(...words: readonly string[]): Promise<Told> {
    return await this.stetWith({}, ...words);
  }

  /** The command run by another one: a tracer that has system calls fail. */
  async stetUnder(runner: readonly string[], ...words: readonly string[]): Promise<Told> {
    return await this.stetWith({ runner }, ...words);
  }

  async stetWith(extras: CallExtras, ...words: readonly string[]): Promise<Told> {
    const [first = process.execPath, ...rest] = [
      ...(extras.runner ?? []),
      process.execPath,
      program,
      ...words,
    ];
    const child = spawn(first, rest, {
      cwd: this.project,
      env: { ...this.variables(), ...extras.variables },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on("error", () => {});
    child.stdin.end(extras.input ?? "");
    const ended = new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve(code ?? -1));
    });
    const [exit] = await Promise.all([ended, extras.meanwhile?.(child)]);
    const text = (chunks: readonly Buffer[]) => Buffer.concat(chunks).toString("utf8");
    return { words, exit, stdout: text(stdout), stderr: text(stderr) };
  }

  /** Runs a command that builds the state of a story. Throws where it does not end with 0. */
  async build(...words: readonly string[]): Promise<Told> {
    const told = await this.stet(...words);
    if (told.exit === 0) return told;
    throw new Error(`stet ${words.join(" ")} ended with ${told.exit}\n${told.stdout}${told.stderr}`);
  }

  variables(): Record<string, string> {
    return {
      PATH: process.env.PATH ?? "",
      HOME: this.home,
      STET_HOME: this.storeFolder,
      LOGNAME: "ana",
      LANG: "C.UTF-8",
      NODE_COMPILE_CACHE: compileCache,
    };
  }

  async write(path: string, content: string | Uint8Array): Promise<void> {
    const disk = join(this.project, path);
    await mkdir(dirname(disk), { recursive: true });
    await writeFile(disk, content);
    if (typeof content === "string" && content.startsWith("#!")) await chmod(disk, 0o755);
  }

  async read(path: string): Promise<string> {
    return await readFile(join(this.project, path), "utf8");
  }

  async remove(path: string): Promise<void> {
    await rm(join(this.project, path), { recursive: true });
  }

  /** Every file of the project, one a line, `*` behind what is executable; stet's working folder is left out. */
  async disk(under = "."): Promise<string> {
    const lines: string[] = [];
    const entries = await readdir(join(this.project, under), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      const shown = relative(this.project, path);
      if (entry.isDirectory() || shown.includes("stet/.work/")) continue;
      const executable = entry.isFile() && ((await stat(path)).mode & 0o100) !== 0;
      lines.push(`${shown}${executable ? " *" : ""}${entry.isSymbolicLink() ? " ->" : ""}`);
    }
    return lines.sort().join("\n");
  }

  /** The log as facts, newest first: actor, kind and what changed. */
  async log(): Promise<string> {
    const data = dataOf(await this.build("log", "--json", "-n", "50"));
    if (!isLog(data)) throw new Error("the log has another shape");
    return data.operations
      .map((one) => {
        const changes = one.changes.map((change) => `${signOf(change)}${change.path}`).sort();
        return this.normal(`${one.id} ${one.actor.name} ${one.kind}: ${changes.join(" ")}`);
      })
      .join("\n");
  }

  /** What was printed and how it ended, with ids, times and folders replaced by names that do not vary. */
  show(told: Told): string {
    const lines = [`$ stet ${told.words.join(" ")}`, told.stdout.trimEnd()];
    if (told.stderr.trim() !== "") lines.push("--- on standard error", told.stderr.trimEnd());
    lines.push(`--- exit ${told.exit}`);
    return this.normal(lines.filter((line) => line !== "").join("\n"));
  }

  /** Replaces random ids by `op_1`, `co_1`, in the order of their first appearance; times and whole hashes by a word. */
  normal(text: string): string {
    return text
      .replaceAll(this.project, "<project>")
      .replaceAll(join(this.folder, "moved"), "<moved>")
      .replaceAll(this.home, "<home>")
      .replaceAll(this.storeFolder, "<store>")
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "<time>")
      .replace(/sha256:[0-9a-f]{64}/g, "sha256:<hash>")
      .replace(
        /\b(op|cf|co|wc|pl)_([0-9a-z]{8})[0-9a-z]{0,12}\b/g,
        (_id, prefix: string, letters: string) => {
          const known = this.#names.get(letters);
          if (known !== undefined) return known;
          const count = [...this.#names.values()].filter((name) => name.startsWith(`${prefix}_`)).length;
          const name = `${prefix}_${count + 1}`;
          this.#names.set(letters, name);
          return name;
        },
      );
  }
}

/** The one JSON object that a command printed. Throws where it is not one. */
export function jsonOf(told: Told): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(told.stdout);
  if (!isRecord(value)) throw new Error(`not an object: ${told.stdout}`);
  return value;
}

/** `data` of the envelope. Throws where the command failed. */
export function dataOf(told: Told): Readonly<Record<string, unknown>> {
  const { ok, data } = jsonOf(told);
  if (ok === true && isRecord(data)) return data;
  throw new Error(`no data: ${told.stdout}${told.stderr}`);
}

/** `error` of the envelope. Throws where there is none. */
export function errorOf(told: Told): Readonly<Record<string, unknown>> {
  const { ok, error } = jsonOf(told);
  if (ok === false && isRecord(error)) return error;
  throw new Error(`no error: ${told.stdout}`);
}

interface LoggedChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

interface Logged {
  readonly operations: readonly {
    readonly id: string;
    readonly kind: string;
    readonly actor: { readonly name: string };
    readonly changes: readonly LoggedChange[];
  }[];
}

function isLog(data: Readonly<Record<string, unknown>>): data is Readonly<Record<string, unknown>> & Logged {
  return Array.isArray(data.operations);
}

function signOf(change: LoggedChange): string {
  if (change.before === null) return "+";
  return change.after === null ? "-" : "~";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
