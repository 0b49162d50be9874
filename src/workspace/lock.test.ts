import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { disk, systemRandom, temporaryProject } from "../../test/workspace/temporary-place.ts";
import { lockPlaces, tryLockPlaces } from "./lock.ts";
import { tryLockFile } from "./lock-file.ts";
import type { Place } from "./place.ts";

const holder = { processId: process.pid, host: "here", command: "stet test" };

function lock(places: readonly Pick<Place, "work">[], waitMillisecondsMax = 5000) {
  return lockPlaces({ disk, places, holder, random: systemRandom, waitMillisecondsMax });
}

/** A process of its own that takes the lock, says so, and holds it until it is killed. */
function foreignHolder(file: string) {
  const script = `
    import { tryLockFile } from ${JSON.stringify(new URL("./lock-file.ts", import.meta.url).pathname)};
    const held = tryLockFile(process.argv[1]);
    process.stdout.write(held === null ? "busy" : "held");
    setInterval(() => held, 1000);
  `;
  return spawn(process.execPath, ["--no-warnings", "--input-type=module", "-e", script, file]);
}

function firstWords(child: ReturnType<typeof foreignHolder>): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout.once("data", (data) => resolve(String(data)));
    child.once("error", reject);
    child.once("exit", () => reject(new Error("the holder ended")));
  });
}

test("one at a time in this process, in the order of asking", async () => {
  using project = temporaryProject();
  (await lock([project.place])).release();
  const order: number[] = [];
  let inside = 0;
  await Promise.all(
    Array.from({ length: 20 }, async (_, number) => {
      await using _held = await lock([project.place]);
      expect(++inside).toBe(1);
      order.push(number);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
    }),
  );
  expect(order).toEqual(Array.from({ length: 20 }, (_, number) => number));
});

test("two roots asked for in opposite orders never wait for each other", async () => {
  using one = temporaryProject();
  using other = temporaryProject();
  await Promise.all(
    Array.from({ length: 20 }, async (_, number) => {
      const places = number % 2 === 0 ? [one.place, other.place] : [other.place, one.place];
      await using held = await lock(places);
      expect(held.works).toEqual([one.place.work, other.place.work].sort());
    }),
  );
});

test("another process excludes, is named, and leaves no stale lock when it is killed (BUGS S13)", async () => {
  using project = temporaryProject();
  (await lock([project.place])).release();
  const child = foreignHolder(join(project.place.work, "lock"));
  expect(await firstWords(child)).toBe("held");
  await expect(lock([project.place], 30)).rejects.toMatchObject({ code: "E-LOCKED" });
  expect(await tryLockPlaces({ disk, places: [project.place], holder, random: systemRandom })).toBeNull();
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
  await using held = await lock([project.place], 1000);
  expect(held.works).toHaveLength(1);
});

test("the error names who holds the lock", async () => {
  using project = temporaryProject();
  await using _held = await lock([project.place]);
  const error = await lock([project.place], 10).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: "E-LOCKED" });
  expect(String(error)).toContain(`process ${process.pid} on here (stet test)`);
});

test("a second attempt in this process does not drop the first one's lock", async () => {
  using project = temporaryProject();
  await using _held = await lock([project.place]);
  const file = join(project.place.work, "lock");
  expect(tryLockFile(file)).toBeNull();
  expect(tryLockFile(file)).toBeNull();
  const child = foreignHolder(file);
  try {
    expect(await firstWords(child)).toBe("busy");
  } finally {
    child.kill("SIGKILL");
  }
});

test("it writes nothing into the lock file and leaves nothing beside it", async () => {
  using project = temporaryProject();
  const held = await lock([project.place]);
  expect(readdirSync(project.place.work).sort()).toEqual(["lock", "lock-holder", "staging"]);
  held.release();
  expect(readdirSync(project.place.work).sort()).toEqual(["lock", "staging"]);
  expect(statSync(join(project.place.work, "lock")).size).toBe(0);
});

test("a root that is gone is not made again", async () => {
  using project = temporaryProject();
  renameSync(project.root, `${project.root}-away`);
  await expect(lock([project.place])).rejects.toMatchObject({ code: "E-DETACHED" });
  expect(existsSync(project.root)).toBe(false);
});

test("the lock costs no fsync", { skip: !existsSync("/usr/bin/strace") }, () => {
  using project = temporaryProject();
  const script = `
    import { tryLockFile } from ${JSON.stringify(new URL("./lock-file.ts", import.meta.url).pathname)};
    tryLockFile(${JSON.stringify(join(project.project, "lock"))}).release();
  `;
  const traced = ["-f", "-e", "trace=fsync,fdatasync,sync_file_range", "-o", join(project.project, "calls")];
  const node = [process.execPath, "--no-warnings", "--input-type=module", "-e", script];
  execFileSync("/usr/bin/strace", [...traced, ...node]);
  expect(readFileSync(join(project.project, "calls"), "utf8")).not.toContain("sync(");
});
