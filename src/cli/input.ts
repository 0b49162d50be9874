import { usageError } from "./usage-error.ts";

export type OptionValue = string | number | boolean | readonly string[];

/** What was typed after the command's name, read with the types that its spec promises. */
export class Input {
  readonly #words: readonly string[];
  readonly #options: Readonly<Record<string, OptionValue>>;

  constructor(words: readonly string[], options: Readonly<Record<string, OptionValue>>) {
    this.#words = words;
    this.#options = options;
  }

  get words(): readonly string[] {
    return this.#words;
  }

  /** The word at a position that the spec marks as needed. Throws E-USAGE where it is empty. */
  needed(position: number, what: string): string {
    const word = this.#words[position];
    if (word !== undefined && word !== "") return word;
    throw usageError(`The ${what} is missing.`, "It was given as an empty word, or not at all.");
  }

  word(position: number): string | undefined {
    return this.#words[position];
  }

  flag(name: string): boolean {
    return this.#options[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.#options[name];
    return typeof value === "string" ? value : undefined;
  }

  count(name: string): number | undefined {
    const value = this.#options[name];
    return typeof value === "number" ? value : undefined;
  }

  /** Values of an option that may be repeated; undefined where it was not given. */
  list(name: string): readonly string[] | undefined {
    const value = this.#options[name];
    return Array.isArray(value) ? value : undefined;
  }
}
