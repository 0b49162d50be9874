import type { Micros } from "../../domain/clock.ts";
import type { BlobId } from "../../domain/ids.ts";

/** One time that stet replaced a target's file: what it replaced, and when. */
export interface PastWrite {
  readonly at: Micros;
  readonly before: BlobId | null;
}

const putBackWithinMicros = 5_000_000;

/**
 * Whether another program keeps its own version of a file: what is there now is what stet replaced the last two
 * times, and each time it was back within five seconds. Writing it a third time would only go on with that.
 *
 * @param writes newest first.
 */
export function isPutBack(
  writes: readonly PastWrite[],
  present: { readonly blob: BlobId; readonly changedAt: Micros },
): boolean {
  const [last, earlier] = writes;
  if (last === undefined || earlier === undefined) return false;
  const isSame = last.before === present.blob && earlier.before === present.blob;
  return (
    isSame &&
    last.at - earlier.at <= putBackWithinMicros &&
    present.changedAt - last.at <= putBackWithinMicros
  );
}
