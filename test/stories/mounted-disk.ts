import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Puts a file system of its own, of `megabytes`, under a folder. Throws where this user may not mount one. */
export function mountDisk(folder: string, megabytes: number): Disposable {
  mkdirSync(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder], { stdio: "pipe" });
  return { [Symbol.dispose]: () => execFileSync("umount", [folder]) };
}

/** Whether this user may mount a disk; says so aloud where what needs one is skipped. */
export function mayMountDisk(what: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), "stet-mount-"));
  try {
    mountDisk(folder, 1)[Symbol.dispose]();
    return true;
  } catch {
    process.stdout.write(`${what}: SKIPPED, this user may not mount a tmpfs\n`);
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
