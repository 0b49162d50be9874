import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { WallClock } from "../../src/domain/clock.ts";
import { type CheckoutId, randomId } from "../../src/domain/ids.ts";
import { nodeDisk } from "../../src/workspace/node-disk.ts";
import type { Place } from "../../src/workspace/place.ts";

export const systemClock: WallClock = {
  now: () => Math.round((performance.timeOrigin + performance.now()) * 1000),
};
export const systemRandom = (count: number): Uint8Array => new Uint8Array(randomBytes(count));
export const disk = nodeDisk({ platform: process.platform });
export const diskWithoutSwap = nodeDisk({ platform: process.platform, swap: false });

/** A project folder of its own in the system's temporary folder, removed at the end of its scope. */
export interface TemporaryProject extends Disposable {
  readonly project: string;
  readonly root: string;
  readonly place: Place;
}

export function temporaryProject(): TemporaryProject {
  const project = realpathSync(mkdtempSync(join(tmpdir(), "stet-test-")));
  const root = join(project, ".agents");
  mkdirSync(join(root, "skills"), { recursive: true });
  return {
    project,
    root,
    place: rootPlace(project, root),
    [Symbol.dispose]: () => rmSync(project, { recursive: true, force: true }),
  };
}

export function rootPlace(project: string, root: string, checkout?: CheckoutId): Place {
  return {
    checkout: checkout ?? randomId("checkout", systemRandom(20)),
    name: "root",
    base: root,
    mounts: [{ prefix: "@project/", base: project }],
    scanned: [
      { kind: "folder", path: "skills", recursive: true },
      { kind: "folder", path: "agents", recursive: true, extensions: [".md"] },
      { kind: "file", path: "stet/collection.toml" },
      { kind: "everywhere", prefix: "@project/", fileNames: ["AGENTS.md"] },
    ],
    work: join(root, "stet/.work"),
  };
}

/** Makes the folders above a file. */
export function folderOf(file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  return file;
}
