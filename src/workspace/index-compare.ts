import type { FileStamp, IndexEntry } from "../store/checkout-store.ts";

const nanosPerMicro = 1000n;
const nanosPerSecond = 1_000_000_000n;
/** Kernels stamp files with the time of their last tick, up to 10 ms ago; twice that is safe. */
const tickNanos = 20_000_000n;
/** File systems without fractions of a second round to as much as two seconds. */
const coarseNanos = 2n * nanosPerSecond;

/**
 * Whether a file may differ from what the index says of it, so that it has to be read and hashed again.
 *
 * It is the same only if every field of its identity agrees (an edit of the same size and time still has
 * another ctime or inode, BUGS D7) and it was not changed so close to the last look that a second change
 * could carry the same times (the racy entries of git's index).
 */
export function mayDiffer(stamp: FileStamp, known: IndexEntry | undefined): boolean {
  return known === undefined || !sameStamp(stamp, known.stamp) || isRacy(known);
}

export function sameStamp(one: FileStamp, other: FileStamp): boolean {
  return (
    one.size === other.size &&
    one.mtimeNs === other.mtimeNs &&
    one.ctimeNs === other.ctimeNs &&
    one.inode === other.inode &&
    one.device === other.device &&
    one.mode === other.mode
  );
}

/** Whether a file was changed so close to the look at it that a second change could carry the same times. */
export function isRacy(known: Pick<IndexEntry, "stamp" | "seenAt">): boolean {
  const { mtimeNs, ctimeNs } = known.stamp;
  const isCoarse = mtimeNs % nanosPerSecond === 0n && ctimeNs % nanosPerSecond === 0n;
  const seenNs = BigInt(Math.floor(known.seenAt)) * nanosPerMicro;
  const safe = seenNs - (isCoarse ? coarseNanos : tickNanos);
  return mtimeNs >= safe || ctimeNs >= safe;
}
