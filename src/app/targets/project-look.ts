import { targetRules } from "../../collections/carrying.ts";
import type { FileEntry } from "../../domain/files.ts";
import { type ObjectId, randomId } from "../../domain/ids.ts";
import { type CollectionPath, parsePath } from "../../domain/paths.ts";
import { parseTargetId, type TargetId, type TargetPlan, targetId } from "../../runtimes/placement/target.ts";
import { targetPlans } from "../../runtimes/placement/target-plans.ts";
import type { Disk } from "../../workspace/disk.ts";
import { nodeDisk } from "../../workspace/node-disk.ts";
import { readScanned } from "../../workspace/read-scanned.ts";
import { type Scan, scanPlace } from "../../workspace/scan.ts";
import type { Environment } from "../environment.ts";
import type { Located } from "../workbench/locate.ts";
import { rootPlace } from "../workbench/root-place.ts";
import { instructionFolders, isRootItself, rootLayout, targetPlace } from "./targets.ts";

/** One target as it lies on disk, without any record of what was written there. */
export interface TargetLook {
  readonly id: TargetId;
  readonly plan: TargetPlan;
  readonly scan: Scan;
  readonly isRoot: boolean;
}

/** A collection as its project alone shows it: what a machine without its history can know. */
export interface ProjectLook {
  readonly located: Located;
  readonly disk: Disk;
  readonly root: Scan;
  readonly entries: ReadonlyMap<CollectionPath, FileEntry>;
  readonly targets: readonly TargetLook[];
  /** Targets in the collection's file whose runtime is not known here. */
  readonly unknownTargets: readonly string[];
  readonly readBlob: (id: ObjectId) => Promise<Uint8Array | undefined>;
}

/** Reads root and targets from disk. Nothing is written, no store is opened and no lock is taken. */
export async function lookAtProject(environment: Environment, located: Located): Promise<ProjectLook> {
  const disk = nodeDisk({ platform: environment.platform });
  const checkout = randomId("checkout", environment.random(20));
  const { clock } = environment;
  const place = rootPlace({ id: checkout, root: located.root, base: located.base }, located.scope);
  const root = await scanPlace({ disk, place, index: [], clock });
  const entries = entriesOf(root);
  const folders = instructionFolders(entries);
  const known = located.file.targets.map((id) => ({ id, target: parseTargetId(id) }));
  const unknownTargets = known.flatMap(({ id, target }) => (target === undefined ? [id] : []));
  // The project alone says nothing of what lies outside it.
  const here = known.flatMap(({ target }) =>
    target?.scope === located.scope
      ? [
          {
            ...target,
            rootLayout: rootLayout(located),
            rules: targetRules(located.file.carrying, targetId(target)),
          },
        ]
      : [],
  );
  const targets: TargetLook[] = [];
  for (const plan of targetPlans(here, environment.variables)) {
    const at = targetPlace(environment, { disk, checkout, located }, plan, folders);
    const scan = await scanPlace({ disk, place: at, index: [], clock });
    targets.push({ id: targetId(plan.target), plan, scan, isRoot: isRootItself({ disk, located }, plan) });
  }
  const readBlob = blobsOnDisk(disk, [root, ...targets.map((one) => one.scan)]);
  return { located, disk, root, entries, targets, unknownTargets, readBlob };
}

function entriesOf(scan: Scan): ReadonlyMap<CollectionPath, FileEntry> {
  const entries = new Map<CollectionPath, FileEntry>();
  for (const [path, { entry }] of scan.files) {
    const parsed = parsePath(path);
    if (parsed !== undefined) entries.set(parsed, entry);
  }
  return entries;
}

function blobsOnDisk(disk: Disk, scans: readonly Scan[]): ProjectLook["readBlob"] {
  const found = new Map<ObjectId, { readonly scan: Scan; readonly path: string }>();
  for (const scan of scans) {
    for (const [path, { entry }] of scan.files) found.set(entry.blob, { scan, path });
  }
  return async (id) => {
    const file = found.get(id);
    return file === undefined ? undefined : readScanned(disk, file.scan, file.path);
  };
}
