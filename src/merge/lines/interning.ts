/** Numbers for texts, equal exactly where the texts are: what is compared often is compared as numbers. */
export class Interning {
  readonly #numbers = new Map<string, number>();

  /** One number for each text, in their order. */
  numbersOf(texts: readonly string[]): Int32Array {
    const numbers = new Int32Array(texts.length);
    let at = 0;
    for (const text of texts) {
      numbers[at] = this.#numberOf(text);
      at += 1;
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
