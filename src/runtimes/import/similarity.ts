/** The share of lines that two texts have in common, from 0 to 1 (Dice's coefficient over lines; blank ones left out). */
export function similarity(one: string, other: string): number {
  const left = lineCounts(one);
  const right = lineCounts(other);
  let shared = 0;
  for (const [line, count] of left.counts) shared += Math.min(count, right.counts.get(line) ?? 0);
  const total = left.total + right.total;
  return total === 0 ? 1 : (2 * shared) / total;
}

function lineCounts(text: string): { counts: ReadonlyMap<string, number>; total: number } {
  const counts = new Map<string, number>();
  let total = 0;
  for (const line of text.split("\n")) {
    const plain = line.trim();
    if (plain === "") continue;
    counts.set(plain, (counts.get(plain) ?? 0) + 1);
    total += 1;
  }
  return { counts, total };
}
