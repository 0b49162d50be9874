import type { SourceFile } from "./source-file.ts";

/** One habit of STYLE that a program can check. */
export interface Rule {
  readonly name: string;
  appliesTo(file: SourceFile): boolean;
  /** One line for each place that breaks the rule. */
  find(file: SourceFile): readonly string[];
}

/** A rule that no line may match any of `patterns`. */
export function bannedLines(
  name: string,
  patterns: readonly RegExp[],
  appliesTo: (file: SourceFile) => boolean,
): Rule {
  return {
    name,
    appliesTo,
    find: (file) =>
      file.text.split("\n").flatMap((line, index) => {
        const pattern = patterns.find((candidate) => candidate.test(line));
        return pattern === undefined ? [] : [`${file.path}:${index + 1}: ${line.trim()}`];
      }),
  };
}
