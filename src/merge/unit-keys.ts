import type { AskedUnit } from "./merge-types.ts";

/**
 * Names the units of one merge, in their order, by what they ask. Units that ask the very same are told apart by
 * how many came before.
 */
export class UnitKeys {
  readonly #asked = new Map<string, number>();

  next({ where, base, yours, theirs }: Omit<AskedUnit, "rule" | "mark">): string {
    // Numbers of lines change with every edit above them, and a choice is to outlive that.
    const place = /^lines? \d/.test(where) ? "" : where;
    const content = JSON.stringify([place, base, yours, theirs]);
    const ordinal = this.#asked.get(content) ?? 0;
    this.#asked.set(content, ordinal + 1);
    return `${content}#${ordinal}`;
  }
}
