import { shownOrigin } from "../../collections/others/installed-origin.ts";
import type { SortedFinds } from "./observed.ts";

/** Where third-party artifacts came from, as an operation keeps it: `from skill/pdf` and the address. */
export function originDetails(origins: SortedFinds["origins"]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...origins].map(([artifact, origin]) => [`from ${artifact}`, shownOrigin(origin)]),
  );
}
