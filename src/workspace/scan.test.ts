import { execFileSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { disk, folderOf, systemClock, temporaryProject } from "../../test/workspace/temporary-place.ts";
import { blobId } from "../snapshot/hash.ts";
import type { IndexEntry } from "../store/checkout-store.ts";
import { captureChanges } from "./capture.ts";
import type { Disk } from "./disk.ts";
import type { Place } from "./place.ts";
import { readScanned } from "./read-scanned.ts";
import { type Scan, type ScanOptions, scanPlace } from "./scan.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function write(root: string, path: string, text: string): string {
  const file = folderOf(join(root, path));
  writeFileSync(file, text);
  return file;
}

function scan(
  place: Place,
  index: readonly IndexEntry[] = [],
  more: Partial<ScanOptions> = {},
): Promise<Scan> {
  return scanPlace({ disk, place, index, clock: systemClock, ...more });
}

/** Scans, and gives the index that a capture of everything would leave, as of a minute later. */
async function indexed(place: Place): Promise<readonly IndexEntry[]> {
  const found = await scan(place);
  const later = 60_000_000;
  return captureChanges(found, new Map()).index.put.map((one) => ({
    ...one,
    seenAt: one.seenAt + later,
  }));
}

const codes = (found: Scan) => Object.fromEntries(found.blocked.map((one) => [one.path, one.code]));

test("finds files of every part, with their content's id, mode and size", async () => {
  using project = temporaryProject();
  write(project.root, "skills/pdf/SKILL.md", "# pdf");
  chmodSync(write(project.root, "skills/pdf/scripts/run.sh", "#!/bin/sh"), 0o755);
  write(project.root, "skills/pdf/empty", "");
  write(project.root, "agents/a.md", "a");
  write(project.root, "agents/notes.txt", "not an agent");
  write(project.project, "AGENTS.md", "rules");
  write(project.project, "docs/AGENTS.md", "docs rules");
  write(project.project, "node_modules/x/AGENTS.md", "not ours");
  const found = await scan(project.place);
  expect([...found.files.keys()].sort()).toEqual([
    "@project/AGENTS.md",
    "@project/docs/AGENTS.md",
    "agents/a.md",
    "skills/pdf/SKILL.md",
    "skills/pdf/empty",
    "skills/pdf/scripts/run.sh",
  ]);
  expect(found.files.get("skills/pdf/scripts/run.sh")?.entry).toEqual({
    blob: blobId(bytes("#!/bin/sh")),
    mode: 0o100755,
    size: 9,
  });
  expect(found.root).toBe("present");
  expect(found.blocked).toEqual([]);
});

test("files anywhere are not looked for in folders that are left out, nor found absent there", async () => {
  using project = temporaryProject();
  write(project.project, ".claude/skills/x/AGENTS.md", "of the skill");
  write(project.project, ".claude/AGENTS.md", "beside the skills");
  const everywhere = { kind: "everywhere", prefix: "@project/", fileNames: ["AGENTS.md"] } as const;
  const whole: Place = { ...project.place, scanned: [everywhere] };
  const place: Place = {
    ...project.place,
    scanned: [{ ...everywhere, except: ["@project/.claude/skills"] }],
  };
  const index = await indexed(whole);
  expect(index.map((one) => one.path)).toEqual([
    "@project/.claude/AGENTS.md",
    "@project/.claude/skills/x/AGENTS.md",
  ]);
  rmSync(join(project.project, ".claude"), { recursive: true });
  expect((await scan(place, index)).absent).toEqual(["@project/.claude/AGENTS.md"]);
});

test("reads nothing that the index knows", async () => {
  using project = temporaryProject();
  write(project.root, "skills/a/SKILL.md", "one");
  const index = await indexed(project.place);
  const refusing: Disk = {
    ...disk,
    exchange: null,
    read: () => {
      throw new Error("read");
    },
  };
  const found = await scanPlace({ disk: refusing, place: project.place, index, clock: systemClock });
  expect(found.files.get("skills/a/SKILL.md")).toMatchObject({ changed: false, bytes: null });
});

test("an edit of the same size and time is seen (BUGS D7)", async () => {
  using project = temporaryProject();
  const file = write(project.root, "skills/a/SKILL.md", "one");
  const past = new Date(1_600_000_000_000);
  utimesSync(file, past, past);
  const index = await indexed(project.place);
  writeFileSync(file, "two");
  utimesSync(file, past, past);
  const found = await scan(project.place, index);
  expect(found.files.get("skills/a/SKILL.md")?.entry.blob).toBe(blobId(bytes("two")));
});

test("another inode of the same size and time is read again (BUGS D7)", async () => {
  using project = temporaryProject();
  const file = write(project.root, "skills/a/SKILL.md", "one");
  const past = new Date(1_600_000_000_000);
  utimesSync(file, past, past);
  const index = await indexed(project.place);
  const other = `${file}.new`;
  writeFileSync(other, "two");
  utimesSync(other, past, past);
  renameSync(other, file);
  const found = await scan(project.place, index);
  expect(found.files.get("skills/a/SKILL.md")?.entry.blob).toBe(blobId(bytes("two")));
});

test("a file changed within the clock's grain of the last look is read again (BUGS S1)", async () => {
  using project = temporaryProject();
  const file = write(project.root, "skills/a/SKILL.md", "one");
  const written = Number((disk.lstat(file)?.ctimeNs ?? 0n) / 1000n);
  const first = await scan(project.place, [], { clock: { now: () => written } });
  const { put } = captureChanges(first, new Map()).index;
  const again = await scan(project.place, put);
  expect(again.files.get("skills/a/SKILL.md")?.changed).toBe(true);
});

test("a file that keeps changing while it is read is kept as unsettled", async () => {
  using project = temporaryProject();
  const file = write(project.root, "skills/a/SKILL.md", "0");
  let reads = 0;
  const restless: Disk = {
    ...disk,
    exchange: null,
    read(path) {
      const found = disk.read(path);
      if (path === file) writeFileSync(file, `edit ${++reads}`);
      return found;
    },
  };
  const found = await scanPlace({ disk: restless, place: project.place, index: [], clock: systemClock });
  expect(reads).toBe(5);
  expect(found.files.get("skills/a/SKILL.md")?.unsettled).toBe(true);
  expect(found.notices.map((one) => one.code)).toEqual(["W-UNSETTLED"]);
  const captured = captureChanges(found, new Map());
  expect(captured.unsettled).toEqual(["skills/a/SKILL.md"]);
  expect(captured.changes).toHaveLength(1);
  expect(captured.index.put).toEqual([]);
});

test("a fifo is reported and never opened", async () => {
  using project = temporaryProject();
  mkdirSync(join(project.root, "skills/a"));
  execFileSync("mkfifo", [join(project.root, "skills/a/pipe")]);
  const found = await scan(project.place);
  expect(codes(found)).toEqual({ "skills/a/pipe": "special" });
});

test("links are kept as links; one that leaves the root is blocked, by its text or by its end (BUGS D6)", async () => {
  using project = temporaryProject();
  write(project.root, "skills/a/SKILL.md", "a");
  write(project.project, "outside/secret.md", "s");
  symlinkSync("SKILL.md", join(project.root, "skills/a/inside"));
  symlinkSync("gone.md", join(project.root, "skills/a/dangling"));
  symlinkSync("../../../outside/secret.md", join(project.root, "skills/a/leaves"));
  symlinkSync("/etc/passwd", join(project.root, "skills/a/absolute"));
  symlinkSync("../../outside", join(project.root, "skills/out"));
  symlinkSync("../out/secret.md", join(project.root, "skills/a/through"));
  const found = await scan(project.place);
  expect(codes(found)).toEqual({
    "skills/a/absolute": "leaves-root",
    "skills/a/leaves": "leaves-root",
    "skills/a/through": "leaves-root",
    "skills/out": "leaves-root",
  });
  expect(found.files.get("skills/a/inside")?.entry).toEqual({
    blob: blobId(bytes("SKILL.md")),
    mode: 0o120000,
    size: 8,
  });
  expect([...found.files.keys()].some((path) => path.startsWith("skills/out/"))).toBe(false);
});

test("names that cannot be kept are blocked: not UTF-8, control characters, backslash", async () => {
  using project = temporaryProject();
  const folder = join(project.root, "skills/a");
  mkdirSync(folder);
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/bad-`), Buffer.from([0xff, 0xfe])]), "x");
  writeFileSync(join(folder, "new\nline"), "x");
  writeFileSync(join(folder, "back\\slash"), "x");
  writeFileSync(join(folder, "real-\u{fffd}"), "a legal name");
  const found = await scan(project.place);
  expect(Object.values(codes(found))).toEqual(["bad-name", "bad-name", "bad-name"]);
  expect([...found.files.keys()]).toEqual(["skills/a/real-\u{fffd}"]);
});

test("names that differ by case or Unicode form are blocked, each naming the other", async () => {
  using project = temporaryProject();
  write(project.root, "skills/Foo/SKILL.md", "1");
  write(project.root, "skills/foo/SKILL.md", "2");
  write(project.root, "agents/\u00e9.md", "composed");
  write(project.root, "agents/e\u0301.md", "decomposed");
  const found = await scan(project.place);
  expect(found.files.size).toBe(0);
  expect(found.blocked.find((one) => one.path === "skills/Foo")?.why).toContain("skills/foo");
  expect(found.blocked.find((one) => one.path === "skills/foo")?.why).toContain("skills/Foo");
  expect(found.blocked.map((one) => one.code)).toEqual(Array(4).fill("name-clash"));
});

test("twins that appear do not make what was captured absent", async () => {
  using project = temporaryProject();
  write(project.root, "skills/foo/SKILL.md", "1");
  const index = await indexed(project.place);
  write(project.root, "skills/Foo/SKILL.md", "2");
  const found = await scan(project.place, index);
  expect(found.absent).toEqual([]);
});

test("what cannot be read is blocked and never absent", async () => {
  using project = temporaryProject();
  write(project.root, "skills/a/SKILL.md", "1");
  write(project.root, "skills/b/SKILL.md", "2");
  const index = await indexed(project.place);
  const refuse = (path: string) => Object.assign(new Error(`EACCES ${path}`), { code: "EACCES" });
  const guarded: Disk = {
    ...disk,
    exchange: null,
    list: (folder) => {
      if (folder.endsWith("skills/a")) throw refuse(folder);
      return disk.list(folder);
    },
    lstat: (path) => {
      if (path.includes("skills/a/")) throw refuse(path);
      return disk.lstat(path);
    },
    read: (path) => {
      if (path.includes("skills/b/")) throw refuse(path);
      return disk.read(path);
    },
  };
  const found = await scanPlace({
    disk: guarded,
    place: project.place,
    index,
    clock: systemClock,
    readAll: true,
  });
  expect(codes(found)).toEqual({ "skills/a": "unreadable", "skills/b/SKILL.md": "unreadable" });
  expect(found.absent).toEqual([]);
});

test("only what was materialised here, is looked at and is really gone is absent (BUGS D4)", async () => {
  using project = temporaryProject();
  const gone = write(project.root, "skills/a/gone.md", "1");
  write(project.root, "skills/a/SKILL.md", "1");
  const index = await indexed(project.place);
  unlinkSync(gone);
  const known = index[0];
  if (known === undefined) throw new Error("no index");
  const found = await scan(project.place, [
    ...index,
    { ...known, path: "skills/never/here.md", materialised: false },
    { ...known, path: "elsewhere/not-scanned.md" },
    { ...known, path: "skills/a/.DS_Store" },
  ]);
  expect(found.absent).toEqual(["skills/a/gone.md"]);
});

test("a file replaced by a folder, and a folder replaced by a file, are deletions of what was there", async () => {
  using project = temporaryProject();
  const file = write(project.root, "skills/a/thing", "1");
  write(project.root, "skills/b/inner/file.md", "2");
  const index = await indexed(project.place);
  unlinkSync(file);
  write(project.root, "skills/a/thing/now-inside.md", "3");
  rmSync(join(project.root, "skills/b/inner"), { recursive: true });
  write(project.root, "skills/b/inner", "4");
  const found = await scan(project.place, index);
  expect([...found.absent].sort()).toEqual(["skills/a/thing", "skills/b/inner/file.md"]);
  expect([...found.files.keys()].sort()).toEqual(["skills/a/thing/now-inside.md", "skills/b/inner"]);
});

test("ignored files are not seen, by built-in and by the user's patterns", async () => {
  using project = temporaryProject();
  write(project.root, ".stetignore", "*.log\n/skills/private/\n");
  for (const path of [
    "a/SKILL.md",
    "a/x.log",
    "a/.DS_Store",
    "a/x.swp",
    "private/SKILL.md",
    "a/__pycache__/y",
  ]) {
    write(project.root, `skills/${path}`, "x");
  }
  const found = await scan(project.place);
  expect([...found.files.keys()]).toEqual(["skills/a/SKILL.md"]);
});

test("a missing, an emptied and a replaced root are told apart, and nothing is recorded as deleted", async () => {
  using project = temporaryProject();
  write(project.root, "skills/a/SKILL.md", "1");
  const index = await indexed(project.place);
  const present = new Map([["skills/a/SKILL.md", { blob: blobId(bytes("1")), mode: 0o100644, size: 1 }]]);
  const before = disk.lstat(project.root);
  const expectedBase = { device: `${before?.device}`, inode: `${before?.inode}` };
  const states: string[] = [];
  const look = async () => {
    const found = await scan(project.place, index, { expectedBase });
    states.push(`${found.root} ${found.loss?.kind}`);
    expect(captureChanges(found, present).changes).toEqual([]);
    return found;
  };
  rmSync(join(project.root, "skills"), { recursive: true });
  mkdirSync(join(project.root, "stet/.work/staging"), { recursive: true });
  const emptied = await look();
  expect(captureChanges(emptied, present, { lossConfirmed: true }).changes).toHaveLength(1);
  renameSync(project.root, `${project.root}-away`);
  await look();
  mkdirSync(project.root);
  const replaced = await look();
  expect(captureChanges(replaced, present, { lossConfirmed: true }).changes).toEqual([]);
  expect(states).toEqual(["empty root-empty", "missing root-missing", "replaced root-replaced"]);
});

test("more than half of ten artifacts gone at once waits for confirmation; fewer do not", async () => {
  using project = temporaryProject();
  for (let number = 0; number < 10; number++) write(project.root, `skills/s${number}/SKILL.md`, `${number}`);
  const index = await indexed(project.place);
  const artifactOf = (path: string) => path.split("/").slice(0, 2).join("/");
  const present = new Map(
    index.map((one) => [one.path, { blob: one.blob, mode: one.stamp.mode, size: one.stamp.size }]),
  );
  for (let number = 0; number < 5; number++)
    rmSync(join(project.root, `skills/s${number}`), { recursive: true });
  const half = await scan(project.place, index, { artifactOf });
  expect(half.loss).toBeNull();
  expect(captureChanges(half, present).changes).toHaveLength(5);
  rmSync(join(project.root, "skills/s5"), { recursive: true });
  const more = await scan(project.place, index, { artifactOf });
  expect(more.loss).toMatchObject({ kind: "mass", lost: 6, of: 10 });
  expect(captureChanges(more, present)).toMatchObject({ changes: [], index: { drop: [] } });
  expect(captureChanges(more, present).withheld).toHaveLength(6);
  expect(captureChanges(more, present, { lossConfirmed: true }).changes).toHaveLength(6);
});

test("a file over the limit is blocked by its size alone", async () => {
  using project = temporaryProject();
  write(project.root, "skills/a/SKILL.md", "small");
  const big: Disk = {
    ...disk,
    exchange: null,
    lstat: (path) => {
      const stat = disk.lstat(path);
      return stat !== null && path.endsWith("SKILL.md") ? { ...stat, size: 3_000_000_000 } : stat;
    },
    read: () => {
      throw new Error("it was opened");
    },
  };
  const found = await scanPlace({ disk: big, place: project.place, index: [], clock: systemClock });
  expect(codes(found)).toEqual({ "skills/a/SKILL.md": "too-large" });
});

test("a capture says before and after, and what only the index knew is read again", async () => {
  using project = temporaryProject();
  write(project.root, "skills/a/SKILL.md", "same");
  linkSync(join(project.root, "skills/a/SKILL.md"), join(project.root, "skills/a/copy.md"));
  const index = await indexed(project.place);
  const found = await scan(project.place, index);
  expect([...found.files.values()].every((file) => file.bytes === null)).toBe(true);
  const captured = captureChanges(found, new Map());
  expect(captured.changes.map((one) => [one.path, one.before])).toEqual([
    ["skills/a/SKILL.md", null],
    ["skills/a/copy.md", null],
  ]);
  expect(captured.changes.map((one) => one.bytes)).toEqual([null, null]);
  expect(captured.index.put.map((one) => one.path)).toEqual(["skills/a/SKILL.md", "skills/a/copy.md"]);
  expect(readScanned(disk, found, "skills/a/copy.md")).toEqual(bytes("same"));
  write(project.root, "skills/a/copy.md", "other");
  expect(readScanned(disk, found, "skills/a/copy.md")).toBeUndefined();
});
