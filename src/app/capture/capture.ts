import type { Actor } from "../../domain/actors.ts";
import { unknownActor } from "../../domain/actors.ts";
import { type ArtifactReference, formatArtifact } from "../../domain/artifact-kinds.ts";
import { StetError } from "../../domain/errors.ts";
import type { FileEntry } from "../../domain/files.ts";
import { type CollectionPath, parsePath } from "../../domain/paths.ts";
import type { IndexEntry, LocalBatch } from "../../store/checkout-store.ts";
import { type Capture, captureChanges } from "../../workspace/capture.ts";
import { type Scan, scanPlace } from "../../workspace/scan.ts";
import { artifactKey } from "../history/artifact-key.ts";
import { type ChangeOutcome, nothingChanged } from "../outcomes.ts";
import type { FileEdit } from "../record/change.ts";
import { record } from "../record/record.ts";
import { rootPlaceName } from "../workbench/root-place.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { editsByGit, type GitLook, lookAtGit } from "./git-look.ts";
import { detailsBesideGit, recordGit } from "./record-git.ts";
import { takeIn } from "./take-in.ts";

export interface CaptureOptions {
  /** Who made the edits; by default nobody claims them, and the writer is unknown (P7). */
  readonly actor?: Actor;
  readonly kind?: "capture" | "save";
  readonly message?: string | null;
  readonly reason?: string | null;
  /** Only these artifacts; the others' edits stay on disk for a later capture. */
  readonly only?: readonly ArtifactReference[];
  /** Only these files. */
  readonly paths?: ReadonlySet<string>;
  /** What becomes of the loss of most artifacts at once; by default it stops the command. */
  readonly loss?: LossChoice;
  /** Leaves everything for later while git is in the middle of something. A command that was called captures. */
  readonly waitsForGit?: boolean;
}

/** `refuse` stops, `withhold` records all else and leaves the loss open, `record` takes it for a deletion. */
export type LossChoice = "refuse" | "withhold" | "record";

/**
 * Records what changed in the root since it was looked at last: what git put there as one operation of git's,
 * all the rest as another. What cannot be recorded (unreadable, too large, a link that leaves the root) is left
 * on disk and noticed. The checkout must be locked.
 */
export async function captureRoot(bench: Workbench, options: CaptureOptions): Promise<ChangeOutcome> {
  const scan = await scanRoot(bench);
  noticeScan(bench, scan);
  // Git says that it is in the middle before it writes: asked after the scan, no half of its work is taken.
  const git = lookAtGit(bench);
  if (options.waitsForGit === true && git !== null && git.inTheMiddleOf !== null) return nothingChanged;
  const capture = await captureOf(bench, scan, options, git);
  if (capture.withheld.length > 0) {
    const problem = massLoss(bench, scan, capture);
    if (options.loss !== "withhold") throw problem;
    bench.notice(problem.code, `${problem.what} ${problem.why}`);
  }
  for (const path of capture.unsettled) bench.unsettled.add(artifactKey(path) ?? path);
  const mayBeGits = git?.hasMoved === true;
  const all = await takeIn(
    bench,
    editsOf(capture).filter(({ path }) => mayBeGits || isWanted(path, options)),
  );
  const byGit = git === null ? new Set<FileEdit>() : await editsByGit(bench, git, all);
  const ofGit = all.filter((edit) => byGit.has(edit));
  const rest = all.filter((edit) => !byGit.has(edit) && isWanted(edit.path, options));
  if (ofGit.length + rest.length === 0) {
    await refreshLocal(bench, indexOf(bench, capture, []), git);
    return nothingChanged;
  }
  const first = await recordGit(bench, git, ofGit, indexOf(bench, capture, ofGit));
  if (rest.length === 0) return first;
  const second = await record(bench, {
    kind: options.kind ?? "capture",
    actor: options.actor ?? unknownActor,
    message: options.message ?? null,
    reason: options.reason ?? null,
    edits: rest,
    local: { index: indexOf(bench, capture, rest) },
    details: git === null ? {} : await detailsBesideGit(bench, git, rest),
  });
  return { ...second, changed: [...first.changed, ...second.changed] };
}

/** A mass loss that git explains, file by file, is no accident: it is recorded as git's. */
async function captureOf(
  bench: Workbench,
  scan: Scan,
  options: CaptureOptions,
  git: GitLook | null,
): Promise<Capture> {
  const present = await historyOf(bench, scan);
  const isConfirmed = options.loss === "record";
  const capture = captureChanges(scan, present, { lossConfirmed: isConfirmed });
  if (git === null || capture.withheld.length === 0 || scan.loss?.kind !== "mass") return capture;
  const withLoss = captureChanges(scan, present, { lossConfirmed: true });
  const lost = editsOf(withLoss).filter((edit) => edit.after === null);
  return (await editsByGit(bench, git, lost)).size === lost.length ? withLoss : capture;
}

/** Looks at the root without recording anything. `seen` stands in for the index where there is none yet. */
export async function scanRoot(bench: Workbench, seen?: readonly IndexEntry[]): Promise<Scan> {
  const { checkout } = bench;
  return await scanPlace({
    disk: bench.disk,
    place: bench.root,
    index: seen ?? (await bench.store.checkouts.index(checkout.id, rootPlaceName)),
    clock: bench.environment.clock,
    artifactOf: artifactKey,
    expectedBase: { device: checkout.device, inode: checkout.inode },
  });
}

/** Whether a scan shows nothing that is not in history yet. */
export function isClean(scan: Scan): boolean {
  if (scan.absent.length > 0) return false;
  for (const file of scan.files.values()) if (file.changed) return false;
  return true;
}

/** Says what the scan could not take in: each thing once, with its reason. */
export function noticeScan(bench: Workbench, scan: Scan): void {
  for (const { path, why } of scan.blocked) bench.notice("W-BLOCKED", `${path}: ${why}`);
  for (const { path, text } of scan.notices) {
    if (path !== null) bench.notice("W-UNSETTLED", `${path}: ${text}`);
  }
}

/** History is asked only for what may differ from it: of all else the index says what it holds. */
async function historyOf(bench: Workbench, scan: Scan): Promise<ReadonlyMap<string, FileEntry>> {
  const known = new Map<string, FileEntry>();
  const doubtful = new Set<string>(scan.absent);
  for (const [path, file] of scan.files) {
    if (file.changed) doubtful.add(path);
    else known.set(path, file.entry);
  }
  if (doubtful.size === 0) return known;
  const { entries } = await bench.presentAround([...doubtful].flatMap((path) => parsePath(path) ?? []));
  for (const [path, entry] of entries) if (doubtful.has(path)) known.set(path, entry);
  return known;
}

/** The changes that a capture found, as edits; `takeIn` makes them ready to be recorded. */
export function editsOf(capture: Capture): readonly FileEdit[] {
  return capture.changes.flatMap(({ path, after, bytes }) => {
    const parsed = parsePath(path);
    return parsed === undefined ? [] : [{ path: parsed, after, bytes, onDisk: true }];
  });
}

function isWanted(path: CollectionPath, { only, paths }: CaptureOptions): boolean {
  if (paths !== undefined) return paths.has(path);
  if (only === undefined) return true;
  const key = artifactKey(path);
  return only.some((one) => formatArtifact(one) === key);
}

/** The index may say only of what is recorded that it was seen: all else must be found again. */
export function indexOf(bench: Workbench, capture: Capture, edits: readonly FileEdit[]): IndexBatch {
  const recorded = new Map<string, FileEdit>(edits.map((edit) => [edit.path, edit]));
  const changed = new Set(capture.changes.map((change) => change.path));
  const put = capture.index.put.filter(
    ({ path, blob }) => !changed.has(path) || recorded.get(path)?.after?.blob === blob,
  );
  const drop = capture.index.drop.filter((path) => recorded.has(path) || !changed.has(path));
  return [{ checkout: bench.checkout.id, place: rootPlaceName, put, drop }];
}

type IndexBatch = NonNullable<LocalBatch["index"]>;

/** What was seen without anything to record: it saves hashing, and the next look at git has less to explain. */
async function refreshLocal(bench: Workbench, index: IndexBatch, git: GitLook | null): Promise<void> {
  const hasMoved = git?.hasMoved === true;
  if (!hasMoved && index.every(({ put, drop }) => put.length === 0 && drop.length === 0)) return;
  if (hasMoved) bench.noteGitHead(git.headCommit);
  const checkouts = hasMoved ? [bench.checkout] : [];
  await bench.store.checkouts.apply({ index, checkouts }, { durable: false });
}

function massLoss(bench: Workbench, scan: Scan, capture: Capture): StetError {
  return new StetError({
    code: "E-MASS-LOSS",
    what: "So much is gone from the root that it was not recorded as deleted.",
    where: bench.checkout.root,
    why: scan.loss?.why ?? `${capture.withheld.length} files vanished at once`,
    kept: "Every version is in history. Nothing was written.",
    fixes: [
      { cmd: "stet restore --yes", summary: "put the files back as they were" },
      { cmd: "stet save --yes", summary: "record that they were deleted" },
    ],
  });
}
