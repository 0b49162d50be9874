import type { ParseResult } from "./format-value.ts";
import { isRecord } from "./format-value.ts";
import { parseYaml } from "./yaml-parse.ts";

/** A YAML text made readable: each line that was quoted, by its new form. Both without their line end. */
export interface QuotedYaml {
  readonly text: string;
  readonly originals: ReadonlyMap<string, string>;
}

/**
 * The lenient reading that the Agent Skills client guide names for broken frontmatter
 * (`description: Use when: ...`): the plain scalar of a top-level `key: value` line that is no YAML by
 * itself is put into quotes. Quoted values, anchors, block scalars and what is indented stay.
 */
function quotePlainScalars(yaml: string): QuotedYaml {
  const originals = new Map<string, string>();
  const lines = yaml.split("\n").map((ended) => {
    const end = ended.endsWith("\r") ? "\r" : "";
    const line = end === "" ? ended : ended.slice(0, -1);
    const quoted = quotedLine(line);
    if (quoted === null) return ended;
    originals.set(quoted, line);
    return quoted + end;
  });
  return { text: lines.join("\n"), originals };
}

function quotedLine(line: string): string | null {
  const colon = line.indexOf(":");
  const key = line.slice(0, colon);
  if (colon < 1 || !/^[\w.-]+$/.test(key) || !/^[ \t]/.test(line.slice(colon + 1))) return null;
  const value = line.slice(colon + 1).trim();
  if (value === "" || /^(["'#&]|[|>][-+\d]*$)/.test(value) || isReadable(line)) return null;
  return `${key}: '${value.replaceAll("'", () => "''")}'`;
}

function isReadable(line: string): boolean {
  const { value } = parseYaml(line);
  return isRecord(value);
}

/** Reads YAML leniently; null when the text has nothing to quote, or does not parse even so. */
export function parseLenientYaml(
  yaml: string,
): { readonly quoted: QuotedYaml; readonly result: ParseResult } | null {
  const quoted = quotePlainScalars(yaml);
  if (quoted.originals.size === 0) return null;
  const result = parseYaml(quoted.text);
  return result.problem === null && isRecord(result.value) ? { quoted, result } : null;
}

/** Gives lines that are still as `quotePlainScalars` made them their old form. */
export function restoreOriginals(text: string, { originals }: QuotedYaml): string {
  return text
    .split("\n")
    .map((ended) => {
      const end = ended.endsWith("\r") ? "\r" : "";
      const original = originals.get(end === "" ? ended : ended.slice(0, -1));
      return original === undefined ? ended : original + end;
    })
    .join("\n");
}
