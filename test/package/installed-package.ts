import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../..", import.meta.url));

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The package as a user has it: built, packed, and installed from the tarball into an empty folder. */
export class InstalledPackage implements Disposable {
  readonly folder: string;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "stet-user-"));
    npm(repository, "run", "--silent", "build");
    const packed: { filename: string }[] = Object.values(
      JSON.parse(npm(repository, "pack", "--ignore-scripts", "--json", "--pack-destination", this.folder)),
    );
    const tarball = packed[0]?.filename;
    if (tarball === undefined) throw new Error("npm pack named no tarball");
    writeFileSync(join(this.folder, "package.json"), '{ "private": true, "type": "module" }\n');
    npm(this.folder, "install", "--prefer-offline", "--no-audit", "--no-fund", join(this.folder, tarball));
  }

  /** The folder that the package was installed to. */
  get installed(): string {
    return join(this.folder, "node_modules", "stet");
  }

  /** The `stet` that npm linked. */
  get command(): string {
    return join(this.folder, "node_modules", ".bin", "stet");
  }

  /** Runs a program in the user's folder, with the present Node first on PATH. */
  run(program: string, ...words: readonly string[]): Outcome {
    const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ""}`;
    const env = { ...process.env, PATH: path, NODE_OPTIONS: "" };
    return spawnSync(program, words, { cwd: this.folder, encoding: "utf8", env });
  }

  /** Makes a package of the repository available to the user, as if it had been installed. */
  lend(name: string): void {
    const place = join(this.folder, "node_modules", name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(repository, "node_modules", name), place, "dir");
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function npm(folder: string, ...words: readonly string[]): string {
  return execFileSync("npm", words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
