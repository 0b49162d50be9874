import type { TextFormat } from "./merge-types.ts";

const formats: ReadonlyMap<string, TextFormat> = new Map([
  ["md", "markdown"],
  ["mdc", "markdown"],
  ["mdx", "markdown"],
  ["markdown", "markdown"],
  ["yaml", "yaml"],
  ["yml", "yaml"],
  ["toml", "toml"],
  ["json", "json"],
  ["jsonc", "jsonc"],
]);

/** What a file is merged as, by the ending of its name. */
export function textFormatOf(path: string): TextFormat {
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  return formats.get(ending) ?? "text";
}
