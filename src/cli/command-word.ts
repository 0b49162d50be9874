import { globalOptions, optionWords, takesValue } from "./global-options.ts";

const valued = new Set(globalOptions.filter(takesValue).flatMap(optionWords));

/**
 * Takes the command's name out of the words of a command line: the first word that is neither an option nor
 * the value of a global one. `command` is undefined where there is none.
 */
export function splitCommandWord(words: readonly string[]): {
  readonly command: string | undefined;
  readonly rest: readonly string[];
} {
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "--") break;
    if (valued.has(word)) index++;
    else if (!word.startsWith("-")) {
      return { command: word, rest: [...words.slice(0, index), ...words.slice(index + 1)] };
    }
  }
  return { command: undefined, rest: words };
}

/** Whether an option stands among the words, before a `--`. */
export function hasWord(words: readonly string[], ...wanted: readonly string[]): boolean {
  const end = words.indexOf("--");
  return (end < 0 ? words : words.slice(0, end)).some((word) => wanted.includes(word));
}
