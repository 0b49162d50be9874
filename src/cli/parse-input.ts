import type { CommandSpec, OptionSpec } from "./command-spec.ts";
import { globalOptions, optionWords, takesValue } from "./global-options.ts";
import { Input, type OptionValue } from "./input.ts";
import { nearestWord } from "./nearest-word.ts";
import { usageError } from "./usage-error.ts";

/**
 * Reads the words after a command's name by its spec, by the conventions of POSIX and GNU: `--name value`,
 * `--name=value`, `-n value`, `-nvalue`, `-ab`, options and words in any order, nothing but words after `--`.
 * Throws E-USAGE where they do not fit.
 */
export function parseInput(name: string, spec: CommandSpec, words: readonly string[]): Input {
  return new WordReader(name, spec).read(words);
}

class WordReader {
  readonly #command: string;
  readonly #spec: CommandSpec;
  readonly #options = new Map<string, OptionSpec>();
  readonly #words: string[] = [];
  readonly #values: Record<string, OptionValue> = {};

  constructor(command: string, spec: CommandSpec) {
    this.#command = command;
    this.#spec = spec;
    for (const option of [...spec.options, ...globalOptions]) {
      for (const word of optionWords(option)) this.#options.set(word, option);
    }
  }

  read(words: readonly string[]): Input {
    const left = [...words];
    for (let word = left.shift(); word !== undefined; word = left.shift()) {
      if (word === "--") this.#words.push(...left.splice(0));
      else if (word.startsWith("--")) this.#readLong(word, left);
      else if (this.#isShort(word)) this.#readShort(word, left);
      else this.#words.push(word);
    }
    this.#countWords();
    return new Input(this.#words, this.#values);
  }

  /** A number below zero is a word; a lone `-` as well, which stands for standard input. */
  #isShort(word: string): boolean {
    return /^-[^-]/.test(word) && (!/^-\d/.test(word) || this.#options.has(word.slice(0, 2)));
  }

  #readLong(word: string, left: string[]): void {
    const equals = word.indexOf("=");
    const flag = equals < 0 ? word : word.slice(0, equals);
    const option = this.#options.get(flag);
    if (option === undefined || (equals >= 0 && !takesValue(option))) throw this.#unknown(word, flag);
    if (!takesValue(option)) this.#set(option, true);
    else this.#setValue(option, equals < 0 ? left.shift() : word.slice(equals + 1));
  }

  #readShort(word: string, left: string[]): void {
    const option = this.#options.get(word.slice(0, 2));
    if (option === undefined) throw this.#unknown(word, word);
    const rest = word.slice(2);
    if (takesValue(option)) {
      this.#setValue(option, rest === "" ? left.shift() : rest);
      return;
    }
    this.#set(option, true);
    if (rest !== "") left.unshift(`-${rest}`);
  }

  #setValue(option: OptionSpec, value: string | undefined): void {
    const { flags, choices } = option;
    if (value === undefined) throw this.#notUnderstood(`Option '${flags}' argument missing.`);
    if (choices !== undefined && !choices.includes(value)) {
      throw this.#notUnderstood(
        `Option '${flags}' argument '${value}' is invalid. Allowed choices are ${choices.join(", ")}.`,
      );
    }
    this.#set(option, option.count === true ? readCount(value) : value);
  }

  #set(option: OptionSpec, value: string | number | true): void {
    const name = optionName(option);
    const before = this.#values[name];
    this.#values[name] =
      option.repeat === true ? [...(Array.isArray(before) ? before : []), String(value)] : value;
  }

  #countWords(): void {
    const { arguments: wanted } = this.#spec;
    const missing = wanted[this.#words.length];
    if (missing?.name.startsWith("<")) {
      throw this.#notUnderstood(`Missing required argument '${missing.name.slice(1, -1)}'.`);
    }
    const takesMore = wanted.at(-1)?.name.includes("...") === true;
    if (takesMore || this.#words.length <= wanted.length) return;
    const expected = `${wanted.length} argument${wanted.length === 1 ? "" : "s"}`;
    throw this.#notUnderstood(`Too many arguments. Expected ${expected} but got ${this.#words.length}.`);
  }

  #unknown(word: string, flag: string) {
    const nearest = nearestWord(
      flag,
      [...this.#options.keys()].filter((one) => one.startsWith("--")),
    );
    const meant = nearest === undefined || !flag.startsWith("--") ? "" : ` Did you mean ${nearest}?`;
    return this.#notUnderstood(`Unknown option '${word}'.${meant}`);
  }

  #notUnderstood(why: string) {
    return usageError(`"stet ${this.#command}" could not be understood.`, why, [
      { cmd: `stet ${this.#command} --help`, summary: "see what it takes" },
    ]);
  }
}

/** `--dry-run` is `dryRun`; an option with a short word alone goes by its letter. */
function optionName(option: OptionSpec): string {
  const words = optionWords(option);
  const word = words.find((one) => one.startsWith("--")) ?? words[0] ?? "";
  return word.replace(/^--?/, "").replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function readCount(value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw usageError(`"${value}" is not a count.`, "A whole number from 1 is needed there.");
}
