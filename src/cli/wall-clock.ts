import type { WallClock } from "../domain/clock.ts";

const driftMillisecondsMax = 5;

/**
 * The machine's clock in microseconds. `Date.now` has a grain of a millisecond, so the monotonic timer fills in
 * the rest; where the two part (the clock was set, the machine slept) the wall clock wins.
 */
export function machineClock(): WallClock {
  let anchorWall = Date.now();
  let anchorTimer = performance.now();
  return {
    now: () => {
      const wall = Date.now();
      const estimate = anchorWall + (performance.now() - anchorTimer);
      if (Math.abs(estimate - wall) <= driftMillisecondsMax) return Math.floor(estimate * 1000);
      anchorWall = wall;
      anchorTimer = performance.now();
      return wall * 1000;
    },
  };
}
