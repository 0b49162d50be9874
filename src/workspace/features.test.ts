import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import {
  disk,
  diskWithoutSwap,
  systemRandom,
  temporaryProject,
} from "../../test/workspace/temporary-place.ts";
import type { Disk } from "./disk.ts";
import { probeFeatures } from "./features.ts";
import { stagingFolder } from "./work-folder.ts";

test("finds out what the file system can do and leaves nothing behind", async () => {
  using project = temporaryProject();
  const features = await probeFeatures(disk, project.place.work, systemRandom);
  expect(features).toMatchObject({ hasHardLinks: true, hasSymlinks: true, keepsExecutableBit: true });
  expect(features.hasSwap).toBe(disk.exchange !== null);
  expect((await probeFeatures(diskWithoutSwap, project.place.work, systemRandom)).hasSwap).toBe(false);
  expect(readdirSync(stagingFolder(project.place.work))).toEqual([]);
});

test("a file system that folds case, and has no links, is told", async () => {
  using project = temporaryProject();
  const refuse = () => {
    throw Object.assign(new Error("EPERM"), { code: "EPERM" });
  };
  const folding: Disk = {
    ...disk,
    exchange: null,
    lstat: (path) => disk.lstat(path.replace(/-X$/, "-x").replace(/-e\u0301$/, "-\u00e9")),
    link: refuse,
    createLink: refuse,
  };
  expect(await probeFeatures(folding, project.place.work, systemRandom)).toMatchObject({
    holdsCaseApart: false,
    holdsUnicodeFormsApart: false,
    hasHardLinks: false,
    hasSymlinks: false,
    hasSwap: false,
  });
});
