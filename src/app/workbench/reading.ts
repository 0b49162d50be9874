import { StetError } from "../../domain/errors.ts";
import type { Disk } from "../../workspace/disk.ts";
import { captureRoot, isClean, noticeScan, scanRoot } from "../capture/capture.ts";
import { lookAtGit } from "../capture/git-look.ts";
import type { Environment, ReadOptions } from "../environment.ts";
import { commitOf } from "../history/point.ts";
import { lockCheckout, recoverCheckout } from "./recover-checkout.ts";
import { onWorkbench, type Workbench } from "./workbench.ts";

/**
 * Runs a use case that reads. It tries to finish what a crash left and to capture what changed on disk; where
 * a lock is held or something cannot be written it answers from the last snapshot, and says so. What is read as
 * of an earlier time depends on no file, so nothing is looked at then.
 */
export async function reading<Result>(
  environment: Environment,
  options: ReadOptions & { readonly disk?: Disk },
  work: (bench: Workbench) => Promise<Result>,
): Promise<Result> {
  return await onWorkbench(environment, { ...options, reads: true }, async (bench) => {
    if (options.at === undefined) await lookAtDiskIfPossible(bench);
    else await bench.lookBackTo(await commitOf(bench, options.at));
    return await work(bench);
  });
}

async function lookAtDiskIfPossible(bench: Workbench): Promise<void> {
  try {
    await lookAtDisk(bench);
  } catch (error) {
    bench.notice("W-AS-OF-LAST", whyNotLooked(error));
  }
}

async function lookAtDisk(bench: Workbench): Promise<void> {
  const pending = await bench.store.checkouts.pending(bench.checkout.id);
  if (pending.length === 0) {
    const scan = await scanRoot(bench);
    if (isClean(scan)) {
      noticeScan(bench, scan);
      await noteGitHead(bench);
      return;
    }
  }
  await using _lock = await lockCheckout(bench, 0);
  await recoverCheckout(bench);
  await captureRoot(bench, { loss: "withhold" });
}

/** Where git's HEAD moved and no file changed: noted where that can be written, so that later edits are told apart. */
async function noteGitHead(bench: Workbench): Promise<void> {
  const git = lookAtGit(bench);
  if (git?.hasMoved !== true || bench.isReadOnly) return;
  try {
    await using _lock = await lockCheckout(bench, 0);
    await bench.refresh();
    bench.noteGitHead(git.headCommit);
    await bench.store.checkouts.apply({ checkouts: [bench.checkout] }, { durable: false });
  } catch (error) {
    whyNotLooked(error);
  }
}

/** Only what the world may do to a reader is passed over; a defect or a damaged store is not. */
function whyNotLooked(error: unknown): string {
  if (error instanceof StetError && passedOver.has(error.code)) {
    return `This is as of the last look: ${error.what} ${error.why}`;
  }
  const name = error instanceof Error && "code" in error ? String(error.code) : "";
  if (["EROFS", "EACCES", "EPERM"].includes(name)) {
    return "This is as of the last look: the folder cannot be written here.";
  }
  throw error;
}

const passedOver: ReadonlySet<string> = new Set([
  "E-LOCKED",
  "E-STORE-BUSY",
  "E-PERMISSION",
  "E-STALE",
  "E-DISK-FULL",
]);
