/**
 * Whether a text holds the markers of an unfinished merge: a line with seven `<`, then one of seven `=`, then one
 * with seven `>`, in this order. A row of `=` alone is a heading in Markdown and no marker.
 */
export function hasConflictMarkers(text: string): boolean {
  let expected = 0;
  for (const line of text.split(/\r?\n/)) {
    if (expected === 0 && /^<{7}(?: |$)/.test(line)) expected = 1;
    else if (expected === 1 && line === "=======") expected = 2;
    else if (expected === 2 && /^>{7}(?: |$)/.test(line)) return true;
  }
  return false;
}
