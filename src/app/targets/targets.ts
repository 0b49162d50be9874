import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { type Carrying, targetRules } from "../../collections/carrying.ts";
import type { FileEntry } from "../../domain/files.ts";
import type { BlobId } from "../../domain/ids.ts";
import type { CollectionPath } from "../../domain/paths.ts";
import type { CanonicalArtifact, TargetRow } from "../../runtimes/drift/sync-row.ts";
import { targetRows } from "../../runtimes/drift/sync-rows.ts";
import { parseTargetId, type TargetId, type TargetPlan, targetId } from "../../runtimes/placement/target.ts";
import { environmentMounts, scannedParts } from "../../runtimes/placement/target-plan.ts";
import { type PlannedTarget, targetPlans } from "../../runtimes/placement/target-plans.ts";
import { runtimes } from "../../runtimes/table/table.ts";
import type { IndexEntry, WrittenEntry } from "../../store/checkout-store.ts";
import { indexEntry } from "../../workspace/capture.ts";
import type { Disk } from "../../workspace/disk.ts";
import type { Place } from "../../workspace/place.ts";
import { readScanned } from "../../workspace/read-scanned.ts";
import { type Scan, scanPlace } from "../../workspace/scan.ts";
import type { Environment } from "../environment.ts";
import { untrustedTargets } from "../trust.ts";
import { collectionFile } from "../workbench/edit-collection-file.ts";
import { linkedFolders, topFolders } from "../workbench/linked-folders.ts";
import { type Located, rootFolders } from "../workbench/locate.ts";
import { workFolder } from "../workbench/root-place.ts";
import type { Workbench } from "../workbench/workbench.ts";

/** One target as it was found on disk. */
export interface TargetState {
  readonly id: TargetId;
  readonly plan: TargetPlan;
  readonly place: Place;
  readonly scan: Scan;
  readonly written: readonly WrittenEntry[];
  readonly isRoot: boolean;
}

/** The root's folder below its base: `.agents`, `.claude`; also where that is a link to another place. */
export function rootLayout({ base, root }: Pick<Located, "base" | "root">): string {
  const isRoot = (name: string) => {
    const path = join(base, name);
    return existsSync(path) && realpathSync(path) === root;
  };
  return rootFolders.find(isRoot) ?? root.slice(base.length + 1);
}

/** What a target of another scope sees of the root: nothing, it lies elsewhere. */
const layoutElsewhere = "elsewhere";

/** The place of one target: what stet may write there and has to look at. */
export function targetPlace(
  environment: Environment,
  where: {
    readonly disk: Disk;
    readonly checkout: Place["checkout"];
    readonly located: Pick<Located, "base" | "root">;
  },
  plan: TargetPlan,
  instructionFolders: readonly string[],
): Place {
  const { scope } = plan.target;
  const base = scope === "user" ? realpathSync(environment.homeFolder) : where.located.base;
  const scanned = scannedParts(plan, instructionFolders);
  const folders = topFolders(scanned.flatMap((part) => (part.kind === "everywhere" ? [] : [part.path])));
  return {
    checkout: where.checkout,
    name: targetId(plan.target),
    base,
    mounts: [
      ...environmentMounts(plan.target, environment),
      ...linkedFolders(where.disk, base, folders, scope).mounts,
    ],
    scanned,
    work: workFolder(where.located.root),
  };
}

/** Looks at every target of the collection, and remembers what was seen so that the next look is cheap. */
export async function lookAtTargets(
  bench: Workbench,
  only?: readonly TargetId[],
): Promise<readonly TargetState[]> {
  const { located, checkout } = bench;
  // Private drafts go nowhere, whatever their file says.
  if (located.scope === "local") return [];
  const folders = instructionFolders((await bench.present()).entries);
  const states: TargetState[] = [];
  const seenBefore: SeenTarget[] = [];
  const planned = plannedTargets(bench, (await collectionFile(bench)).carrying, only);
  for (const plan of targetPlans(planned, bench.environment.variables)) {
    const id = targetId(plan.target);
    if (only !== undefined && !only.includes(id)) continue;
    const place = targetPlace(
      bench.environment,
      { disk: bench.disk, checkout: checkout.id, located },
      plan,
      folders,
    );
    const index = await bench.store.checkouts.index(checkout.id, id);
    const scan = await scanPlace({ disk: bench.disk, place, index, clock: bench.environment.clock });
    seenBefore.push({ id, scan, index });
    for (const { path, why } of scan.blocked) bench.notice("W-BLOCKED", `${id}:${path}: ${why}`);
    const written = await bench.store.checkouts.written(checkout.id, id);
    states.push({ id, plan, place, scan, written, isRoot: isRootItself(bench, plan) });
  }
  await rememberLook(bench, seenBefore);
  return states;
}

/** The targets that the collection is carried to; the others are named, with what keeps each from being one. */
function plannedTargets(
  bench: Workbench,
  carrying: Carrying | undefined,
  only?: readonly TargetId[],
): readonly PlannedTarget[] {
  const { located } = bench;
  const passedOver = (id: TargetId, code: "W-TARGET" | "E-UNTRUSTED", why: string) => {
    if (only === undefined || only.includes(id)) bench.notice(code, `${id}: ${why}`);
    return [];
  };
  const untrusted = new Map(untrustedTargets(bench).map((one) => [one.id, one.why]));
  return located.file.targets.flatMap((id) => {
    const target = parseTargetId(id);
    if (target === undefined) {
      const known = runtimes.map((one) => one.id).join(", ");
      return passedOver(id, "W-TARGET", `no runtime of that name is known (${known})`);
    }
    const whyNot = untrusted.get(id);
    if (whyNot !== undefined) return passedOver(id, "E-UNTRUSTED", whyNot);
    if (located.scope === "user" && target.scope !== "user") {
      return passedOver(id, "W-TARGET", "the user's collection is carried to targets of the user only");
    }
    const layout = target.scope === located.scope ? rootLayout(located) : layoutElsewhere;
    return [{ ...target, rootLayout: layout, rules: targetRules(carrying, id) }];
  });
}

/** Rows of one target. */
export async function rowsOf(
  bench: Workbench,
  state: TargetState,
  artifacts: readonly CanonicalArtifact[],
  options: {
    /** Bytes that are not in the store yet. */
    readonly extra?: ReadonlyMap<BlobId, Uint8Array>;
    /** Every row is read in full: see `TargetInput`. */
    readonly thorough?: boolean;
  } = {},
): Promise<readonly TargetRow[]> {
  const onDisk = new Map<BlobId, string>();
  for (const [path, file] of state.scan.files) onDisk.set(file.entry.blob, path);
  return await targetRows({
    plan: state.plan,
    artifacts,
    present: new Map([...state.scan.files].map(([path, file]) => [path, file.entry])),
    written: state.written,
    isRoot: state.isRoot,
    ...(options.thorough === true ? { thorough: true } : {}),
    readBlob: async (id) => {
      const given = options.extra?.get(id) ?? (await bench.readBlob(id));
      if (given !== undefined) return given;
      const path = onDisk.get(id);
      return path === undefined ? undefined : readScanned(bench.disk, state.scan, path);
    },
  });
}

/** Folders of the project, below its base, that have instructions of their own. */
export function instructionFolders(entries: ReadonlyMap<CollectionPath, FileEntry>): readonly string[] {
  return [...entries.keys()].flatMap((path) => {
    const match = /^@project\/(?:(.*)\/)?AGENTS\.md$/.exec(path);
    return match === null ? [] : [match[1] ?? ""];
  });
}

/** Whether the runtime's folder is the root itself, by device and inode: a link that somebody made. */
export function isRootItself(
  { disk, located }: Pick<Workbench, "disk" | "located">,
  plan: TargetPlan,
): boolean {
  const folders = new Set(
    Object.values(plan.kinds).flatMap((kind) =>
      kind.how === "write" && kind.place.layout !== "keys" ? [kind.place.path.split("/")[0] ?? ""] : [],
    ),
  );
  return [...folders].some((folder) => disk.realPath(join(located.base, folder)) === located.root);
}

interface SeenTarget {
  readonly id: TargetId;
  readonly scan: Scan;
  readonly index: readonly IndexEntry[];
}

/**
 * A target's index only saves hashing, so it is refreshed in passing and not at all where nothing can be written.
 * A look is no capture: what was found there is not taken for kept.
 */
async function rememberLook(bench: Workbench, seen: readonly SeenTarget[]): Promise<void> {
  const index = seen.flatMap(({ id, scan, index: known }) => {
    const put = [...scan.files].flatMap(([path, file]) =>
      file.changed && !file.unsettled ? [{ ...indexEntry(path, file), materialised: false }] : [],
    );
    const blocked = new Set(scan.blocked.map((one) => one.path));
    const drop = known.flatMap(({ path }) => (scan.files.has(path) || blocked.has(path) ? [] : [path]));
    return put.length + drop.length === 0 ? [] : [{ checkout: bench.checkout.id, place: id, put, drop }];
  });
  if (index.length === 0 || bench.isReadOnly) return;
  await bench.store.checkouts.apply({ index }, { durable: false });
}
