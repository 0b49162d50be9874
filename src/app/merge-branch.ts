import { type Actor, claimedActor } from "../domain/actors.ts";
import type { BlobId, CommitId } from "../domain/ids.ts";
import type { Operation } from "../domain/operations.ts";
import type { MergeInput } from "../merge/merge-port.ts";
import { blobId } from "../snapshot/hash.ts";
import { mergeBase } from "../snapshot/merge-base.ts";
import { type MergedSnapshot, mergeSnapshots } from "../snapshot/merge-snapshots.ts";
import type { FileOverlap } from "../snapshot/snapshot-merge.ts";
import type { Environment, MergingOptions } from "./environment.ts";
import { operationsBackward } from "./history/operations-backward.ts";
import { type Answer, answer, type ChangeOutcome, nothingChanged } from "./outcomes.ts";
import { baseSnapshot } from "./record/base-snapshot.ts";
import { type BranchHead, branchNamed } from "./record/branch-heads.ts";
import type { FileEdit } from "./record/change.ts";
import { conflictOf } from "./record/conflict-of.ts";
import { fileMerge } from "./record/file-merge.ts";
import { editsTo } from "./record/go-to-commit.ts";
import { madeNothing } from "./record/made-nothing.ts";
import { record } from "./record/record.ts";
import { snapshotOf } from "./workbench/present.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface MergeBranchInput extends MergingOptions {
  /** The branch whose changes are taken in. */
  readonly name: string;
  readonly message?: string;
}

/**
 * Takes the changes of another branch into the one here. Where both changed the same spot, the present version
 * (theirs) stays in place and a conflict keeps both. Throws E-NOT-FOUND.
 */
export async function mergeBranch(
  environment: Environment,
  input: MergeBranchInput,
): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, input, async (bench) => {
    const branch = await branchNamed(bench, input.name);
    const theirs = bench.checkout.materialised;
    const parentsOf = async (id: CommitId) => (await bench.store.history.commit(id))?.parents;
    const base = theirs === null ? null : await mergeBase(parentsOf, branch.commit, theirs);
    if (base === branch.commit) return nothingToMerge(bench, branch);
    const outcome =
      theirs === null || base === theirs
        ? await fastForward(bench, branch, input)
        : await mergeVersions(bench, branch, theirs, input);
    const needsDecision = outcome.conflicts.length > 0;
    return answer(outcome, {
      notices: bench.notices,
      needsDecision,
      next: needsDecision ? ["stet conflicts", "stet undo"] : ["stet sync", "stet undo"],
    });
  });
}

function nothingToMerge(bench: Workbench, { name }: BranchHead): Answer<ChangeOutcome> {
  bench.notice("W-NOTHING", `Everything on ${name} is on ${bench.checkout.branch} already.`);
  return answer(nothingChanged, { notices: bench.notices });
}

/** Nothing was changed here since the branch began: the branch here goes to where the other one stands. */
async function fastForward(
  bench: Workbench,
  branch: BranchHead,
  input: MergeBranchInput,
): Promise<ChangeOutcome> {
  const { materialised, branch: here } = bench.checkout;
  return await record(bench, {
    kind: "merge",
    message: input.message ?? null,
    reason: input.claims?.reason ?? null,
    edits: await editsTo(bench, branch.commit),
    goTo: { commit: branch.commit, branch: here },
    refs: [{ name: bench.branchRef, before: materialised, after: branch.commit }],
    details: { merged: branch.name, ...madeNothing },
  });
}

async function mergeVersions(
  bench: Workbench,
  branch: BranchHead,
  theirs: CommitId,
  input: MergeBranchInput,
): Promise<ChangeOutcome> {
  const { store } = bench;
  const base = await baseSnapshot(store, branch.commit, theirs);
  const merged = await mergeSnapshots(
    base.source,
    base.id,
    await snapshotOf(store, branch.commit),
    await snapshotOf(store, theirs),
    fileMerge(bench.located.file, { ...input, newer: (sides) => newerSide(bench, sides) }),
  );
  const bases = merged.conflicts.map((overlap) => base.said(overlap.base));
  const writers = await Promise.all(merged.conflicts.map((overlap) => writersOf(bench, overlap, branch)));
  return await record(bench, {
    kind: "merge",
    message: input.message ?? null,
    reason: input.claims?.reason ?? null,
    edits: editsOf(merged),
    mergeParent: branch.commit,
    conflicts: (id) =>
      merged.conflicts.map((overlap, index) => ({
        ...conflictOf(bench, id, overlap, branch.name),
        base: bases[index]?.entry ?? null,
        ...writers[index],
      })),
    keep: bases.flatMap(({ made }) => made ?? []),
    decisions: merged.decisions,
    details: { merged: branch.name },
  });
}

function editsOf({ changesFromTheirs, objects }: MergedSnapshot): readonly FileEdit[] {
  const bytes = new Map(objects.map((object) => [object.id as string, object.bytes]));
  return changesFromTheirs.map(({ path, after }) => ({
    path,
    after,
    bytes: after === null ? null : (bytes.get(after.blob) ?? null),
  }));
}

/** Who wrote each side, so that nobody has to choose between two nameless ones. */
async function writersOf(
  bench: Workbench,
  { path, yours, theirs }: FileOverlap,
  branch: BranchHead,
): Promise<{ readonly yoursActor: Actor; readonly theirsActor: Actor }> {
  const unknown = claimedActor(branch.name, "unknown");
  return {
    yoursActor: (await writerOf(bench, path, yours?.blob ?? null)) ?? unknown,
    theirsActor: (await writerOf(bench, path, theirs?.blob ?? null)) ?? bench.actor,
  };
}

async function writerOf(bench: Workbench, path: string, blob: BlobId | null): Promise<Actor | null> {
  return (await operationThatWrote(bench, path, blob))?.actor ?? null;
}

/** Which side was written later; theirs, which is in place, where that is not known. */
async function newerSide(bench: Workbench, { path, yours, theirs }: MergeInput): Promise<"yours" | "theirs"> {
  const [mine, other] = await Promise.all(
    [yours, theirs].map((file) => operationThatWrote(bench, path, file === null ? null : blobId(file.bytes))),
  );
  return (mine?.sequence ?? 0) > (other?.sequence ?? 0) ? "yours" : "theirs";
}

async function operationThatWrote(
  bench: Workbench,
  path: string,
  blob: BlobId | null,
): Promise<Operation | null> {
  for await (const operation of operationsBackward(bench, { path })) {
    if (operation.kind === "switch") continue;
    const change = operation.changes.find((one) => one.path === path && one.target === null);
    if (change !== undefined && (change.after?.blob ?? null) === blob) return operation;
  }
  return null;
}
