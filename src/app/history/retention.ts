import type { Retention } from "../../collections/collection-file.ts";
import type { Micros } from "../../domain/clock.ts";
import type { CommitId } from "../../domain/ids.ts";

export const microsPerDay = 24 * 3_600_000_000;
const microsPerHour = 3_600_000_000;

/** A version of a collection, and when it came to be. */
export interface DatedVersion {
  readonly commit: CommitId;
  readonly at: Micros;
}

/** Whether any rule says what stays; without one nothing goes. */
export function hasRule({ keepLast, keepWithinDays, hourlyWithinDays, dailyWithinDays }: Retention): boolean {
  return [keepLast, keepWithinDays, hourlyWithinDays, dailyWithinDays].some((rule) => rule !== undefined);
}

/** One line for tombstones and people: `keep last 50, all within 30 days, daily within 365 days`. */
export function describeRetention(rules: Retention): string {
  const { keepLast, keepWithinDays, hourlyWithinDays, dailyWithinDays } = rules;
  return [
    ...(keepLast === undefined ? [] : [`keep last ${keepLast}`]),
    ...(keepWithinDays === undefined ? [] : [`all within ${keepWithinDays} days`]),
    ...(hourlyWithinDays === undefined ? [] : [`hourly within ${hourlyWithinDays} days`]),
    ...(dailyWithinDays === undefined ? [] : [`daily within ${dailyWithinDays} days`]),
  ].join(", ");
}

/**
 * The versions that a policy keeps. `versions` come newest first; the rules are joined by "or", and the oldest
 * version, where history begins, always stays. Of an hour or a day (in UTC) the newest version stays.
 */
export function keptVersions(
  versions: readonly DatedVersion[],
  rules: Retention,
  now: Micros,
): ReadonlySet<CommitId> {
  const kept = new Set<CommitId>();
  for (const { commit } of versions.slice(0, rules.keepLast ?? 0)) kept.add(commit);
  const oldest = versions.at(-1);
  if (oldest !== undefined) kept.add(oldest.commit);
  const within = (days: number | undefined, at: Micros) =>
    days !== undefined && at >= now - days * microsPerDay;
  const hours = new Set<number>();
  const days = new Set<number>();
  for (const { commit, at } of versions) {
    const [hour, day] = [Math.floor(at / microsPerHour), Math.floor(at / microsPerDay)];
    const isKept =
      within(rules.keepWithinDays, at) ||
      (within(rules.hourlyWithinDays, at) && !hours.has(hour)) ||
      (within(rules.dailyWithinDays, at) && !days.has(day));
    if (isKept) kept.add(commit);
    hours.add(hour);
    days.add(day);
  }
  return kept;
}
