import type { ArtifactKind } from "../domain/artifact-kinds.ts";
import { isRecord } from "../formats/format-value.ts";
import { splitFrontmatter } from "../formats/frontmatter.ts";
import { decodeText } from "../formats/text-shape.ts";
import { parseYaml } from "../formats/yaml-parse.ts";

/** The main file of an artifact as far as it can be read. Reading never fails: what is wrong is in the slots. */
export interface ArtifactText {
  /** The whole text; null where the bytes are not UTF-8. */
  readonly text: string | null;
  /** Frontmatter by key; null where there is none or it could not be read. */
  readonly fields: Readonly<Record<string, unknown>> | null;
  /** What follows the frontmatter. */
  readonly body: string;
  /** Line of the text on which the body begins, from 1. */
  readonly bodyLine: number;
  /** Why the frontmatter could not be read, or not before it was read leniently; `line` is one of the text. */
  readonly problem: { readonly line: number; readonly message: string } | null;
}

const unreadable: ArtifactText = { text: null, fields: null, body: "", bodyLine: 1, problem: null };

/** Reads an artifact's main file; never throws. */
export function readArtifactText(bytes: Uint8Array): ArtifactText {
  const text = decodeText(bytes);
  if (text === null) return unreadable;
  const { frontmatter, body } = splitFrontmatter(text);
  if (frontmatter === null) return { text, fields: null, body, bodyLine: 1, problem: null };
  const bodyLine = 1 + lineBreaks(frontmatter.open + frontmatter.yaml + frontmatter.close);
  const { value, problem } = parseYaml(frontmatter.yaml);
  if (problem !== null) {
    const line = problem.line + lineBreaks(frontmatter.open);
    return { text, fields: null, body, bodyLine, problem: { line, message: problem.message } };
  }
  if (value === null) return { text, fields: {}, body, bodyLine, problem: null };
  if (!isRecord(value)) {
    return {
      text,
      fields: null,
      body,
      bodyLine,
      problem: { line: 2, message: "the frontmatter is not a map of fields" },
    };
  }
  return { text, fields: value, body, bodyLine, problem: null };
}

/** The frontmatter's `name`: content, never identity and never a path. Null where there is none. */
export function declaredName(kind: ArtifactKind, text: ArtifactText): string | null {
  if (kind === "mcp" || kind === "hooks") return null;
  const name = text.fields?.["name"];
  return typeof name === "string" && name !== "" ? name : null;
}

function lineBreaks(text: string): number {
  return text.split("\n").length - 1;
}
