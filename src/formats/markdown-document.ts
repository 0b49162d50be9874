import type { EditResult, FormatProblem, FormatValue, KeyEdit } from "./format-value.ts";
import { isRecord, refused, sameValue } from "./format-value.ts";
import { joinMarkdown, type MarkdownParts, splitFrontmatter } from "./frontmatter.ts";
import { parseLenientYaml, restoreOriginals } from "./lenient-yaml.ts";
import { textShape } from "./text-shape.ts";
import { yamlDocument } from "./yaml-document.ts";
import { writeYaml } from "./yaml-write.ts";

export type FieldValue = FormatValue;

export interface MarkdownDocument {
  readonly parts: MarkdownParts;
  /** Null without frontmatter, and for frontmatter that cannot be read: then there is a problem. */
  readonly fields: Readonly<Record<string, unknown>> | null;
  /** Lines counted in the whole text. Null for lenient reading that went well. */
  readonly problem: FormatProblem | null;
  /** The frontmatter is no valid YAML and was read by quoting plain scalars; strict runtimes refuse it. */
  readonly lenient: boolean;
}

/** Reads a Markdown text; never throws. */
export function parseMarkdownDocument(text: string): MarkdownDocument {
  const parts = splitFrontmatter(text);
  if (parts.frontmatter === null) return { parts, fields: null, problem: null, lenient: false };
  const { yaml } = parts.frontmatter;
  const { value, problem } = yamlDocument.parse(yaml);
  if (problem === null && value === null) return { parts, fields: {}, problem: null, lenient: false };
  if (problem === null && isRecord(value)) return { parts, fields: value, problem: null, lenient: false };
  const lenient = problem === null ? null : parseLenientYaml(yaml);
  if (isRecord(lenient?.result.value)) {
    return { parts, fields: lenient.result.value, problem: null, lenient: true };
  }
  const reason = problem ?? { line: 1, column: 1, message: "the frontmatter is no map of keys" };
  return { parts, fields: null, problem: { ...reason, line: reason.line + 1 }, lenient: false };
}

/**
 * Sets frontmatter fields (with `undefined`, removes them). Every byte of the other fields, of comments and
 * of the body stays. Creates a frontmatter where there is none; setting what is already there returns the
 * identical text. Refused for frontmatter that does not parse even leniently.
 */
export function setFrontmatterFields(
  text: string,
  edits: Readonly<Record<string, FieldValue | undefined>>,
): EditResult {
  const { parts, problem, lenient } = parseMarkdownDocument(text);
  if (problem !== null) return { ok: false, problem };
  const keyEdits = Object.entries(edits).map(([key, value]): KeyEdit => ({ path: [key], value }));
  if (parts.frontmatter === null) return createFrontmatter(text, parts, edits);
  const { yaml } = parts.frontmatter;
  const edited = lenient ? editLenientYaml(yaml, keyEdits) : yamlDocument.edit(yaml, keyEdits);
  if (!edited.ok) return { ok: false, problem: { ...edited.problem, line: edited.problem.line + 1 } };
  const result = joinMarkdown({ ...parts, frontmatter: { ...parts.frontmatter, yaml: edited.text } });
  const after = splitFrontmatter(result);
  if (after.frontmatter?.yaml !== edited.text || after.body !== parts.body) {
    return refused("the new frontmatter would end too early");
  }
  return { ok: true, text: result };
}

function createFrontmatter(
  text: string,
  parts: MarkdownParts,
  edits: Readonly<Record<string, FieldValue | undefined>>,
): EditResult {
  const fields: Record<string, FieldValue> = Object.fromEntries(
    Object.entries(edits).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  if (Object.keys(fields).length === 0) return { ok: true, text };
  const written = writeYaml(fields);
  if (!written.ok) return written;
  const { lineEnd } = textShape(text);
  const fence = `---${lineEnd}`;
  const yaml = written.text.replaceAll("\n", () => lineEnd);
  const result = joinMarkdown({ ...parts, frontmatter: { open: fence, yaml, close: fence } });
  const after = parseMarkdownDocument(result);
  const asExpected = sameValue(after.fields, fields) && after.parts.body === parts.body;
  return asExpected ? { ok: true, text: result } : refused("the frontmatter would not be read as it was set");
}

/** Edits the quoted form, then gives the quoted lines that no edit names their old form. */
function editLenientYaml(yaml: string, edits: readonly KeyEdit[]): EditResult {
  const lenient = parseLenientYaml(yaml);
  if (lenient === null) return refused("the frontmatter does not parse");
  const edited = yamlDocument.edit(lenient.quoted.text, edits);
  if (!edited.ok) return edited;
  const restored = restoreOriginals(edited.text, lenient.quoted);
  const expected = yamlDocument.parse(edited.text).value;
  const strict = yamlDocument.parse(restored);
  const value = strict.problem === null ? strict.value : parseLenientYaml(restored)?.result.value;
  return sameValue(value ?? {}, expected ?? {})
    ? { ok: true, text: restored }
    : refused("the frontmatter would not be read as it was set");
}

/**
 * Replaces the body and nothing else. Refused when the text would then be split elsewhere: a body that
 * begins like a frontmatter, in a text without one.
 */
export function setBody(text: string, body: string): EditResult {
  const parts = splitFrontmatter(text);
  let { frontmatter } = parts;
  if (frontmatter !== null && !frontmatter.close.endsWith("\n") && body !== "") {
    frontmatter = { ...frontmatter, close: frontmatter.close + textShape(frontmatter.open).lineEnd };
  }
  const result = joinMarkdown({ ...parts, frontmatter, body });
  if (splitFrontmatter(result).body !== body) {
    return refused("the body begins like a frontmatter or with a byte order mark");
  }
  return { ok: true, text: result };
}
