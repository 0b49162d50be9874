import type { ArtifactKind } from "../domain/artifact-kinds.ts";
import { isRecord } from "../formats/format-value.ts";
import { jsoncDocument } from "../formats/jsonc-document.ts";
import { parseMarkdownDocument } from "../formats/markdown-document.ts";
import { decodeText } from "../formats/text-shape.ts";
import { parseYaml } from "../formats/yaml-parse.ts";

/** The main file of an artifact as far as it can be read. Reading never fails: what is wrong is in the slots. */
export interface ArtifactText {
  /** The whole text; null where the bytes are not UTF-8 text. */
  readonly text: string | null;
  /** Frontmatter, or the keys of a JSON file; null where there are none or they could not be read. */
  readonly fields: Readonly<Record<string, unknown>> | null;
  /** What follows the frontmatter; empty for JSON. */
  readonly body: string;
  /** Line of the text on which the body begins, from 1. */
  readonly bodyLine: number;
  /** What a strict parser says against the fields; the line is one of the text. */
  readonly problem: { readonly line: number; readonly message: string } | null;
  /** The fields were read all the same, by quoting what is no YAML: some runtimes do that, others skip the file. */
  readonly repaired: boolean;
}

const unreadable: ArtifactText = {
  text: null,
  fields: null,
  body: "",
  bodyLine: 1,
  problem: null,
  repaired: false,
};

/** Reads an artifact's main file; never throws. */
export function readArtifactText(kind: ArtifactKind, bytes: Uint8Array): ArtifactText {
  const text = decodeText(bytes);
  if (text === null) return unreadable;
  return kind === "mcp" || kind === "hooks" ? readJson(text) : readMarkdown(text);
}

/** The frontmatter's `name`: content, never identity and never a path. Null where there is none. */
export function declaredName(kind: ArtifactKind, text: ArtifactText): string | null {
  if (kind === "mcp" || kind === "hooks") return null;
  const name = text.fields?.name;
  return typeof name === "string" && name !== "" ? name : null;
}

function readMarkdown(text: string): ArtifactText {
  const { parts, fields, problem, lenient } = parseMarkdownDocument(text);
  const { frontmatter, body } = parts;
  if (frontmatter === null) return { ...unreadable, text, body };
  const bodyLine = 1 + lineBreaks(frontmatter.open + frontmatter.yaml + frontmatter.close);
  const strict = lenient ? parseYaml(frontmatter.yaml).problem : null;
  const told = strict === null ? problem : { ...strict, line: strict.line + 1 };
  return {
    text,
    fields,
    body,
    bodyLine,
    problem: told === null ? null : { line: told.line, message: told.message },
    repaired: lenient,
  };
}

function readJson(text: string): ArtifactText {
  const { value, problem } = jsoncDocument.parse(text);
  if (isRecord(value)) return { ...unreadable, text, fields: value };
  return {
    ...unreadable,
    text,
    problem: problem ?? { line: 1, message: "the file is not an object of keys" },
  };
}

function lineBreaks(text: string): number {
  return text.split("\n").length - 1;
}
