import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A real git repository that plays the part of somebody else's, addressed by `file://`. Removed at the end (`using`). */
export class UpstreamRepository implements Disposable {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "stet-upstream-")));
  readonly url = `file://${this.folder}`;

  constructor(files: Readonly<Record<string, string | Uint8Array | null>> = {}) {
    this.git("init", "--quiet", "--initial-branch=main");
    if (Object.keys(files).length > 0) this.commit(files);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  git(...words: readonly string[]): string {
    return execFileSync("git", [...words], {
      cwd: this.folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH,
        HOME: this.folder,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "vendor",
        GIT_AUTHOR_EMAIL: "vendor@example.org",
        GIT_COMMITTER_NAME: "vendor",
        GIT_COMMITTER_EMAIL: "vendor@example.org",
      },
    }).trim();
  }

  /** Writes files (null removes one; a text that begins with `#!` is a program) and commits them; gives the commit. */
  commit(files: Readonly<Record<string, string | Uint8Array | null>>, message = "change"): string {
    for (const [path, content] of Object.entries(files)) {
      const disk = join(this.folder, path);
      if (content === null) {
        rmSync(disk);
        continue;
      }
      mkdirSync(dirname(disk), { recursive: true });
      writeFileSync(disk, content);
      if (typeof content === "string" && content.startsWith("#!")) chmodSync(disk, 0o755);
    }
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", message);
    return this.git("rev-parse", "HEAD");
  }
}

/** A skill's text with a section for each line given. */
export function skillText(name: string, sections: Readonly<Record<string, string>>, fields = ""): string {
  const body = Object.entries(sections).map(([heading, text]) => `## ${heading}\n\n${text}\n`);
  return `---\nname: ${name}\ndescription: What ${name} is for.\n${fields}---\n\n# ${name}\n\n${body.join("\n")}`;
}
