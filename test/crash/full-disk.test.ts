import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderOf } from "../workspace/temporary-place.ts";
import { TemporaryWorkspace } from "../workspace/temporary-workspace.ts";

/** A file system of its own of a few megabytes; null where this user may not mount one. */
function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), "stet-full-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], { stdio: "pipe" });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
}

const disk = smallDisk();
if (disk === null) process.stdout.write("full disk: SKIPPED, this user may not mount a tmpfs\n");

test("a really full disk: refused in staging, nothing changed, and it works once there is room", {
  skip: disk === null,
}, async () => {
  if (disk === null) return;
  try {
    const file = folderOf(join(disk, ".agents/skills/a/SKILL.md"));
    writeFileSync(file, "old");
    const workspace = await TemporaryWorkspace.open(disk);
    await workspace.capture();
    (await workspace.lock()).release();
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, "ballast"), new Uint8Array(bavail * bsize - 100_000));
    const wanted = { "skills/a/SKILL.md": "new", "skills/b/big.md": "x".repeat(400_000) };
    await expect(workspace.write(wanted)).rejects.toMatchObject({ code: "E-DISK-FULL" });
    expect(readFileSync(file, "utf8")).toBe("old");
    expect(await workspace.capture()).toEqual([]);
    rmSync(join(disk, "ballast"));
    expect(await workspace.write(wanted)).toMatchObject({ status: "done" });
    expect(readFileSync(file, "utf8")).toBe("new");
    expect((await workspace.store.history.verify()).problems).toEqual([]);
    await workspace.store.close();
  } finally {
    execFileSync("umount", [disk]);
    rmSync(disk, { recursive: true });
  }
});
