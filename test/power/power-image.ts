import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const imageMegabytes = 24;

function run(program: string, ...words: readonly string[]): string {
  return execFileSync(program, words, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}

/** Why images cannot be mounted here; null where they can. */
export function whyNoImages(): string | null {
  if (process.platform !== "linux") return "loop mounts are there on Linux only";
  if (process.getuid?.() !== 0) return "only root may mount";
  try {
    using image = new PowerImage();
    image.attach(image.fresh("probe"));
    return null;
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  }
}

/**
 * Images of a file system, one of them mounted at a time, always on the same loop device: a store knows its
 * folders by device and inode.
 *
 * A copy of the image that is mounted holds what has reached the medium by then and nothing else, as after a
 * power cut. Nothing is written back in the background for ten minutes.
 */
export class PowerImage implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), "stet-power-"));
  readonly mount = join(this.#folder, "mount");
  readonly #device = run("losetup", "-f");
  #attached = false;
  #mounted = false;

  constructor() {
    mkdirSync(this.mount);
  }

  /** Makes an empty file system; gives the path of its image. */
  fresh(name: string): string {
    const path = this.#path(name);
    run("truncate", "-s", `${imageMegabytes}M`, path);
    run("mkfs.ext4", "-q", "-F", path);
    return path;
  }

  copy(image: string, name: string): string {
    copyFileSync(image, this.#path(name));
    return this.#path(name);
  }

  attach(image: string): void {
    run("losetup", this.#device, image);
    this.#attached = true;
    run("mount", "-o", "noatime,commit=600", this.#device, this.mount);
    this.#mounted = true;
  }

  detach(): void {
    if (this.#mounted) run("umount", this.mount);
    this.#mounted = false;
    if (this.#attached) run("losetup", "-d", this.#device);
    this.#attached = false;
  }

  [Symbol.dispose](): void {
    this.detach();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #path(name: string): string {
    return join(this.#folder, `${name}.img`);
  }
}
