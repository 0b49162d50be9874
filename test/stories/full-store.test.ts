import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { errorCodes } from "../../src/domain/error-codes.ts";
import { canonical, importedLampShop, lampShop } from "./lamp-shop.ts";
import { mayMountDisk, mountDisk } from "./mounted-disk.ts";
import { dataOf, Story } from "./story.ts";

const mayMount = mayMountDisk("a full store");

/** The lamp shop with a store on a disk of 4 MB, which is filled but for a few pages. */
async function onFullStore(body: (story: Story, makeRoom: () => void) => Promise<void>): Promise<void> {
  await using story = await Story.begin(lampShop);
  using _disk = mountDisk(story.storeFolder, 4);
  await story.build("init", "--yes");
  const ballast = join(story.storeFolder, "ballast");
  const { bavail, bsize } = statfsSync(story.storeFolder);
  writeFileSync(ballast, new Uint8Array((bavail - 4) * bsize));
  await body(story, () => rmSync(ballast));
}

/** Text that no compression makes short. */
const longText = `# Copy\n\n${randomBytes(300_000).toString("base64")}\n`;

async function logLength(story: Story): Promise<number> {
  const { operations } = dataOf(await story.build("log", "--json", "-n", "50"));
  return Array.isArray(operations) ? operations.length : -1;
}

test("a store whose disk is full keeps what it has, says so, and takes the save once there is room (P2)", {
  skip: !mayMount,
}, async () => {
  await onFullStore(async (story, makeRoom) => {
    const before = await logLength(story);
    await story.write(canonical.skill, longText);
    const told = await story.stet("save", "--json");
    expect(told.exit).toBe(errorCodes["E-DISK-FULL"].exit);
    const { ok, error } = JSON.parse(told.stdout);
    expect(ok).toBe(false);
    expect(error).toMatchObject({
      code: "E-DISK-FULL",
      what: "The disk of the store is full.",
      where: join(story.storeFolder, "store.db"),
      why: expect.stringMatching(/./),
      kept: expect.stringContaining("what was stored before is untouched"),
    });
    expect(error.fixes.length).toBeGreaterThan(0);
    expect(await story.read(canonical.skill)).toBe(longText);
    makeRoom();
    await story.build("save");
    expect(await logLength(story)).toBe(before + 1);
    expect(await story.stet("cat", "skill/copy")).toMatchObject({ stdout: longText });
    expect(dataOf(await story.build("verify", "--json"))).toMatchObject({ problems: [] });
  });
});

test("a restore whose commit finds no room changes no file and leaves nothing behind (P2)", {
  skip: !mayMount,
}, async () => {
  await onFullStore(async (story, makeRoom) => {
    makeRoom();
    const first = await story.read(canonical.skill);
    await story.build("pin", "first");
    await story.write(canonical.skill, longText);
    await story.build("save");
    await story.remove(canonical.skill);
    // What was not saved is displaced by the restore, and has to be kept first.
    const unsaved = longText.toUpperCase();
    await story.write(canonical.skill, unsaved);
    const ballast = join(story.storeFolder, "ballast");
    const { bavail, bsize } = statfsSync(story.storeFolder);
    writeFileSync(ballast, new Uint8Array((bavail - 4) * bsize));
    const told = await story.stet("restore", "--at", "first", "--yes");
    expect(told.exit).toBe(errorCodes["E-DISK-FULL"].exit);
    expect(await story.read(canonical.skill)).toBe(unsaved);
    makeRoom();
    await story.build("restore", "--at", "first", "--yes");
    expect(await story.read(canonical.skill)).toBe(first);
    await story.build("undo");
    expect(await story.read(canonical.skill)).toBe(unsaved);
    expect(dataOf(await story.build("verify", "--json"))).toMatchObject({ problems: [] });
  });
});

const mayTrace = ((): boolean => {
  try {
    execFileSync("strace", ["-o", "/dev/null", "true"], { stdio: "pipe" });
    return true;
  } catch {
    process.stdout.write("I/O error of the store: SKIPPED, there is no strace or it may not trace\n");
    return false;
  }
})();

test("a store whose log cannot be synced (EIO) says so, and the save sent again is recorded once (BUGS S9)", {
  skip: !mayTrace,
}, async () => {
  await using story = await importedLampShop();
  const before = await logLength(story);
  await story.write(canonical.skill, "# Copy\n\nBe brief.\n");
  const log = join(story.storeFolder, "store.db-wal");
  const told = await story.stetUnder(
    ["strace", "-f", "-qq", "-o", "/dev/null", "-P", log, "-e", "inject=fsync,fdatasync:error=EIO"],
    "save",
    "--json",
  );
  expect(told.exit).toBe(errorCodes["E-IO"].exit);
  const { error } = JSON.parse(told.stdout);
  expect(error).toMatchObject({
    code: "E-IO",
    kept: expect.stringMatching(/./),
    why: expect.stringMatching(/./),
  });
  expect(error.fixes.length).toBeGreaterThan(0);
  expect(await story.read(canonical.skill)).toBe("# Copy\n\nBe brief.\n");
  await story.build("save");
  expect(await logLength(story)).toBe(before + 1);
  expect(dataOf(await story.build("verify", "--json"))).toMatchObject({ problems: [] });
});
