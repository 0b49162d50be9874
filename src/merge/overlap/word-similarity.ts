/** Of longer texts the beginning is compared; UTF-16 units. */
const comparedLengthMax = 20_000;

/** The share of words that two texts have in common, from 0 to 1 (Dice's coefficient, each word counted as often as it stands). */
export function wordSimilarity(one: string, other: string): number {
  const counts = new Map<string, number>();
  let total = 0;
  for (const [word] of one.slice(0, comparedLengthMax).matchAll(words)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    total += 1;
  }
  let shared = 0;
  for (const [word] of other.slice(0, comparedLengthMax).matchAll(words)) {
    const left = counts.get(word) ?? 0;
    if (left > 0) {
      counts.set(word, left - 1);
      shared += 1;
    }
    total += 1;
  }
  return total === 0 ? 0 : (2 * shared) / total;
}

/** A word; of scripts that write no blanks between words, a letter. */
const words = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+/gu;
