/** Faults of the real thing while something is fetched: a full disk, a killed process. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { tarGzOf } from "../../src/collections/sources/archive/packed.test-support.ts";
import { unpackArchive } from "../../src/collections/sources/archive/unpack-archive.ts";
import { downloadTo } from "../../src/collections/sources/http/download.ts";
import { serving } from "../../src/collections/sources/http/web-server.test-support.ts";
import { inPrivateFolder } from "../../src/collections/sources/private-folder.ts";
import { mayMountDisk, mountDisk } from "../stories/mounted-disk.ts";

const top = mkdtempSync(join(tmpdir(), "stet-fetch-faults-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));

describe.skipIf(!mayMountDisk("a full disk while fetching"))("a disk that is really full", () => {
  test("downloading and unpacking end as a full disk, leave nothing, and work once there is room (BUGS U4)", async () => {
    const disk = join(top, "disk");
    using _ = mountDisk(disk, 4);
    const place = { parent: join(disk, "fetched"), processId: process.pid };
    const archive = await tarGzOf(
      Array.from({ length: 40 }, (_entry, index) => ({
        name: `f${index}`,
        text: `${index} `.repeat(12_000),
      })),
    );
    await using server = await serving((_request, response) => response.end("x".repeat(1_000_000)));
    writeFileSync(join(disk, "archive.tgz"), archive);
    const unpack = () =>
      inPrivateFolder(
        place,
        async (folder) => (await unpackArchive(join(disk, "archive.tgz"), folder)).files.length,
      );
    const download = () =>
      inPrivateFolder(
        place,
        async (folder) => (await downloadTo(join(folder, "a"), { url: server.url })).bytes,
      );
    expect([await unpack(), await download()]).toEqual([40, 1_000_000]);
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, "ballast"), new Uint8Array(bavail * bsize - 200_000));
    for (const work of [unpack, download]) {
      await expect(work()).rejects.toMatchObject({ code: "E-DISK-FULL" });
      expect(readdirSync(place.parent)).toEqual([]);
    }
    rmSync(join(disk, "ballast"));
    expect([await unpack(), await download()]).toEqual([40, 1_000_000]);
  });
});

test("a process that is killed while it fetches leaves a folder that the next one removes (BUGS U4)", async () => {
  const parent = join(top, "fetched");
  const module = join(import.meta.dirname, "../../src/collections/sources/private-folder.ts");
  const script = `
    import { writeFileSync } from "node:fs";
    const { inPrivateFolder } = await import(${JSON.stringify(module)});
    await inPrivateFolder({ parent: ${JSON.stringify(parent)}, processId: process.pid }, async (folder) => {
      writeFileSync(folder + "/half", "x");
      process.stdout.write("fetching");
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    });`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  const [folder = ""] = readdirSync(parent);
  await inPrivateFolder({ parent, processId: process.pid }, async () => {
    expect(existsSync(join(parent, folder, "half"))).toBe(true);
  });
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(existsSync(join(parent, folder, "half"))).toBe(true);
  await inPrivateFolder({ parent, processId: process.pid }, async () => {
    expect(readdirSync(parent).includes(folder)).toBe(false);
  });
  expect(readdirSync(parent)).toEqual([]);
});
