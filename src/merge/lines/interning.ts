import type { ThreeOf } from "./three-way.ts";

/**
 * Numbers for texts, from 0 on, equal exactly where the texts are: what is compared often is compared as numbers.
 */
export class Interning {
  readonly #numbers = new Map<string, number>();

  /** One number for each text, in their order. */
  numbersOf(texts: readonly string[]): Int32Array {
    return Int32Array.from(texts, (text) => this.#numberOf(text));
  }

  /**
   * The same for texts that are mostly those of `known`, in its order: most are told by one comparison with the text
   * that is expected next, which costs less than looking them up.
   */
  numbersLike(texts: readonly string[], known: readonly string[], knownNumbers: Int32Array): Int32Array {
    const numbers = new Int32Array(texts.length);
    const shift = texts.length - known.length;
    let next = 0;
    for (let at = 0; at < texts.length; at++) {
      const text = texts[at] ?? "";
      if (known[next] !== text) next = nearby(text, known, [next + 1, at, at - shift, next - 1]) ?? next;
      const isKnown = known[next] === text;
      numbers[at] = isKnown ? (knownNumbers[next] ?? 0) : this.#numberOf(text);
      if (isKnown) next += 1;
    }
    return numbers;
  }

  #numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const fresh = this.#numbers.size;
    this.#numbers.set(text, fresh);
    return fresh;
  }
}

function nearby(text: string, known: readonly string[], places: readonly number[]): number | undefined {
  return places.find((place) => known[place] === text);
}

/** The numbers of three versions of a text's lines. */
export function numbersOfThree({ base, yours, theirs }: ThreeOf<readonly string[]>): ThreeOf<Int32Array> {
  const interning = new Interning();
  const numbers = interning.numbersOf(base);
  return {
    base: numbers,
    yours: interning.numbersLike(yours, base, numbers),
    theirs: interning.numbersLike(theirs, base, numbers),
  };
}
