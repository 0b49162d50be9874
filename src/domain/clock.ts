/** Microseconds since 1970-01-01T00:00:00Z. A number holds them exactly until the year 2255. */
export type Micros = number;

/** The wall clock, passed in so that a simulation can drive it. */
export interface WallClock {
  readonly now: () => Micros;
}

export interface Timestamp {
  readonly at: Micros;
  /** Set where the wall clock stands so far behind the log that only the order is certain. */
  readonly uncertain: boolean;
}

/**
 * The next time on a store's log (a hybrid logical clock, Kulkarni et al. 2014, with one writer at a time):
 * strictly after `last`, also when the wall clock stands still or steps back.
 *
 * `leadMax` bounds in microseconds how far the log may run ahead of the wall clock. Beyond that the time is
 * marked uncertain: the order then comes from the sequence.
 */
export function nextTimestamp(last: Micros | null, wall: Micros, leadMax: Micros): Timestamp {
  if (last === null || wall > last) return { at: wall, uncertain: false };
  const at = last + 1;
  return { at, uncertain: at - wall > leadMax };
}

/** ISO 8601 in UTC with six digits of a second: `2026-11-22T14:02:11.000123Z`. */
export function isoFromMicros(at: Micros): string {
  const millis = Math.floor(at / 1000);
  const rest = String(at - millis * 1000).padStart(3, "0");
  return `${new Date(millis).toISOString().slice(0, -1)}${rest}Z`;
}

/** Reads ISO 8601 with up to six digits of a second, in UTC without a zone; undefined where it is not one. */
export function microsFromIso(text: string): Micros | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,6}))?(Z|[+-]\d\d:\d\d)?)?$/.exec(
    text,
  );
  if (!match) return undefined;
  const [, day, time = "00:00", fraction = "", zone = "Z"] = match;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const millis = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}${zone}`);
  if (Number.isNaN(midnight) || Number.isNaN(millis)) return undefined;
  // Date.parse takes 30 February for 2 March.
  if (isoFromMicros(midnight * 1000).slice(0, 10) !== day) return undefined;
  const at = millis * 1000 + Number(fraction.padEnd(6, "0"));
  return Number.isSafeInteger(at) ? at : undefined;
}
