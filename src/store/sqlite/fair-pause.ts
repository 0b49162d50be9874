/** Milliseconds; less than a timer can wait gains nothing. */
const pauseMin = 1;
const pauseMax = 12;
/** Milliseconds of waiting after which a writer asks as often as it can. */
const patience = 150;

/**
 * Milliseconds until somebody who has waited that long asks again for a lock that has no queue. The longer it has
 * waited, the more often it asks: so of those who wait the one who came first is the most likely to get it, and
 * nobody waits many times as long as the others. `chance` is in [0, 1): those who wait do not march in step.
 */
export function fairPause(waited: number, chance: number): number {
  const longest = Math.max(0, (pauseMax - pauseMin) * (1 - waited / patience));
  return pauseMin + chance * longest;
}
