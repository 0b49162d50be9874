import type { RealMerge } from "./real-merges.ts";

/**
 * The lines that a result has lost or doubled, told without the merge's own rules: from how often each stands in the
 * three versions. Only lines of three words and more count; fences, braces and short labels stand in many places by right.
 * A line is lost if fewer are left than the side with the most has, less what the other removed; it is doubled if both added it
 * and more stand there than in either.
 */
export function wrongLines(
  { base, yours, theirs }: RealMerge,
  result: string,
): { readonly lost: readonly string[]; readonly doubled: readonly string[] } {
  const [inBase, inYours, inTheirs, inResult] = [base, yours, theirs, result].map(counts);
  const lost: string[] = [];
  const doubled: string[] = [];
  for (const line of new Set([...(inYours?.keys() ?? []), ...(inTheirs?.keys() ?? [])])) {
    const [b, y, t, r] = [inBase, inYours, inTheirs, inResult].map((one) => one?.get(line) ?? 0);
    if (b === undefined || y === undefined || t === undefined || r === undefined) continue;
    const least = y >= b && t >= b ? Math.max(y, t) : Math.max(0, y + t - b);
    if (r < least) lost.push(line);
    if (y > b && t > b && r > Math.max(y, t)) doubled.push(line);
  }
  return { lost, doubled };
}

function counts(text: string): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const line of text.split("\n")) {
    const plain = line.trim();
    if ((plain.match(/\p{L}+/gu)?.length ?? 0) >= 3) all.set(plain, (all.get(plain) ?? 0) + 1);
  }
  return all;
}
