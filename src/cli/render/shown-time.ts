import { microsFromIso } from "../../domain/clock.ts";
import type { Screen } from "../screen.ts";

const units: readonly (readonly [string, number])[] = [
  ["y", 31_557_600],
  ["mo", 2_629_800],
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
];

/** A time for people: how long ago on a terminal, else ISO 8601 to the second. */
export function shownTime(screen: Screen, iso: string): string {
  const at = microsFromIso(iso);
  if (at === undefined) return iso;
  if (!screen.terminal) return `${iso.slice(0, 19)}Z`;
  const seconds = Math.round((screen.now - at) / 1_000_000);
  if (seconds < -60) return `${iso.slice(0, 19)}Z`;
  if (seconds < 45) return "just now";
  for (const [unit, size] of units) {
    if (seconds >= size) return `${Math.floor(seconds / size)} ${unit} ago`;
  }
  return "1 min ago";
}
