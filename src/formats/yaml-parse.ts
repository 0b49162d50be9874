import { type Document, isScalar, type ParsedNode, parseDocument, visit, type YAMLMap } from "yaml";
import type { FormatProblem, ParseResult } from "./format-value.ts";
import { guardedParse, problemAt } from "./format-value.ts";
import { byteOrderMark } from "./text-shape.ts";

/** Far above what people write; an alias bomb needs far more. */
const aliasCountMax = 100;

/** In UTF-16 units. Texts made to be slow take up to 15 s a million with this library, well-formed ones 2 s. */
const yamlLengthMax = 256 * 1024;

type YamlDocument = Document.Parsed<ParsedNode>;

/** The value and problem of a YAML text (one document, YAML 1.2 core schema); duplicate keys are a problem. */
export function parseYaml(text: string): ParseResult {
  const { value, problem } = openYaml(text);
  return { value, problem };
}

export interface OpenedYaml extends ParseResult {
  /** Null exactly when there is a problem. */
  readonly document: YamlDocument | null;
}

/** As `parseYaml`, with the library's tree. */
export function openYaml(text: string): OpenedYaml {
  let document: YamlDocument | null = null;
  const result = guardedParse(
    text,
    () => {
      const read = readYaml(text);
      document = read;
      return readValue(text, read);
    },
    yamlLengthMax,
  );
  return { ...result, document: result.problem === null ? document : null };
}

function readValue(text: string, document: YamlDocument): ParseResult {
  const error = document.errors[0];
  if (error !== undefined) {
    return { value: undefined, problem: problemAt(text, error.pos[0], error.message) };
  }
  const problem = duplicateKey(text, document);
  if (problem !== null) return { value: undefined, problem };
  const value: unknown = document.toJS({ maxAliasCount: aliasCountMax });
  return { value, problem: null };
}

/** The library's tree, its offsets those of `text`. Throws only where the library's recursion ends. */
export function readYaml(text: string): YamlDocument {
  // A blank would be indentation, so the BOM becomes a line break that takes its one place.
  const source = text.startsWith(byteOrderMark) ? `\n${text.slice(1)}` : text;
  return parseDocument(source, {
    keepSourceTokens: true,
    prettyErrors: false,
    // The library compares each key with every other: 30 s for 30,000 keys. `duplicateKey` does it in one pass.
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: "error",
  });
}

function duplicateKey(text: string, document: YamlDocument): FormatProblem | null {
  let problem: FormatProblem | null = null;
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        const name = keyName(key);
        if (name === null) continue;
        if (seen.has(name)) {
          const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
          problem = problemAt(text, offset, `the key "${name}" is written twice`);
          return visit.BREAK;
        }
        seen.add(name);
      }
      return undefined;
    },
  });
  return problem;
}

/** The name under which a key's value appears in the parsed value; null for keys that are not scalars. */
export function keyName(key: unknown): string | null {
  if (!isScalar(key)) return null;
  return key.value === null ? "" : String(key.value);
}

export function pairIndex(map: YAMLMap, name: string): number {
  return map.items.findIndex(({ key }) => keyName(key) === name);
}
