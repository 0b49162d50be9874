import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/** A project in a temporary folder, with a home folder and a store of its own, and the built command. */
export class DemoStage {
  readonly project: string;
  readonly #program: string;
  readonly #variables: NodeJS.ProcessEnv;
  readonly #colour: boolean;

  constructor(program: string, folder: string, project: string) {
    this.project = project;
    this.#program = program;
    // A home folder of its own: the story never looks into that of the person who runs it.
    this.#variables = { ...process.env, HOME: join(folder, "home"), STET_HOME: join(folder, "store") };
    for (const name of runtimeVariables) delete this.#variables[name];
    this.#colour = process.stdout.isTTY === true && (process.env.NO_COLOR ?? "") === "";
  }

  say(text: string): void {
    process.stdout.write(`\n${this.#colour ? `\u001b[1m${text}\u001b[22m` : text}\n`);
  }

  /** Shows a command and its real output; gives its exit code. */
  show(...words: readonly string[]): number {
    process.stdout.write(`\n$ stet ${words.map(quoted).join(" ")}\n`);
    const child = spawnSync(process.execPath, [this.#program, ...words], {
      cwd: this.project,
      env: this.#variables,
      stdio: ["ignore", "inherit", "inherit"],
    });
    return child.status ?? 1;
  }

  /** `data` of a command's JSON, asked for behind the scenes. Throws where it is not an answer. */
  ask(...words: readonly string[]): Readonly<Record<string, unknown>> {
    const child = spawnSync(process.execPath, [this.#program, ...words, "--json"], {
      cwd: this.project,
      env: this.#variables,
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
    });
    const answer: unknown = JSON.parse(child.stdout);
    if (typeof answer === "object" && answer !== null && "data" in answer) {
      const { data } = answer;
      if (typeof data === "object" && data !== null) return { ...data };
    }
    throw new Error(`stet ${words.join(" ")} gave no answer: ${child.stdout}${child.stderr}`);
  }

  /** The hash of every file of the project but stet's own, by path. */
  hashes(): ReadonlyMap<string, string> {
    const hashes = new Map<string, string>();
    for (const entry of readdirSync(this.project, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const shown = relative(this.project, path);
      if (entry.isDirectory() || /(^|\/)stet\//.test(shown)) continue;
      const content = entry.isSymbolicLink() ? readlinkSync(path) : readFileSync(path);
      const mode = entry.isSymbolicLink() ? "link" : (statSync(path).mode & 0o777).toString(8);
      hashes.set(shown, `${mode} ${createHash("sha256").update(content).digest("hex")}`);
    }
    return hashes;
  }
}

/** Set by runtimes for their own commands: whoever runs the story from an agent is not the agent of the story. */
const runtimeVariables = [
  "CLAUDECODE",
  "CLAUDE_CODE_ENTRYPOINT",
  "CLAUDE_CODE_SESSION_ID",
  "CODEX_SANDBOX",
  "CODEX_SANDBOX_NETWORK_DISABLED",
  "CODEX_THREAD_ID",
];

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `"${word}"`;
}

/** Paths whose content or mode is not the same in both. */
export function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}
