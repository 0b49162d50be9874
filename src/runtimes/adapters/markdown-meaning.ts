import { isAlias, isMap, isScalar, isSeq } from "yaml";
import { splitFrontmatter } from "../../formats/frontmatter.ts";
import { decodeText } from "../../formats/text-shape.ts";
import { keyName, parseYaml, readYaml } from "../../formats/yaml-parse.ts";

/**
 * What a Markdown file means, as a string to compare: equal for texts that differ in BOM, line ends, final
 * newline, blanks at line ends, or in the layout, order, quotes and comments of the frontmatter.
 * Null for bytes that are not text: only the bytes count then.
 */
export function markdownMeaning(bytes: Uint8Array): string | null {
  const text = decodeText(bytes);
  if (text === null) return null;
  const { frontmatter, body } = splitFrontmatter(text);
  const fields = frontmatter === null ? "" : yamlMeaning(frontmatter.yaml);
  return JSON.stringify([frontmatter !== null, fields, withoutShape(body)]);
}

/** YAML without its layout. Numbers keep their source text: `1.10` is a version, not 1.1. */
function yamlMeaning(yaml: string): string {
  if (parseYaml(yaml).problem !== null) return `text ${withoutShape(yaml)}`;
  return nodeMeaning(readYaml(yaml).contents);
}

function nodeMeaning(node: unknown): string {
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }) => {
      const name = keyName(key);
      return `${name === null ? nodeMeaning(key) : JSON.stringify(name)}:${nodeMeaning(value)}`;
    });
    return `{${entries.sort().join(",")}}`;
  }
  if (isSeq(node)) return `[${node.items.map(nodeMeaning).join(",")}]`;
  if (isAlias(node)) return `*${node.source}`;
  if (!isScalar(node)) return "null";
  const anchor = node.anchor === undefined ? "" : `&${node.anchor} `;
  const tag = node.tag === undefined ? "" : `${node.tag} `;
  if (typeof node.value === "string") return anchor + tag + JSON.stringify(node.value);
  return `${anchor}${tag}${typeof node.value} ${node.source ?? String(node.value)}`;
}

/** A representative of all texts that `sameButForShape` takes for the same. */
function withoutShape(text: string): string {
  const lines = text.split("\n");
  const plain = lines.map(withoutTrailingBlanks);
  if (plain.length > 1 && plain.at(-1) === "") plain.pop();
  return plain.join("\n");
}

// A loop, because a regular expression takes quadratic time on a long run of blanks inside a line.
function withoutTrailingBlanks(line: string): string {
  let end = line.endsWith("\r") ? line.length - 1 : line.length;
  while (line[end - 1] === " " || line[end - 1] === "\t") end -= 1;
  return line.slice(0, end);
}
