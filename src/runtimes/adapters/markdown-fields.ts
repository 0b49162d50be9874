/**
 * Markdown artifacts of runtimes whose frontmatter has other keys than the canonical one: the text and the
 * fields that both know go along, what the runtime cannot say is named.
 *
 * stet owns the fields that the dialect carries, and the text. Every other key of the target is its own, and
 * stays; so do comments, order and layout.
 */
import type { ArtifactReference } from "../../domain/artifact-kinds.ts";
import { isSymlink, regularMode } from "../../domain/files.ts";
import type { EditResult } from "../../formats/format-value.ts";
import { splitFrontmatter } from "../../formats/frontmatter.ts";
import { parseMarkdownDocument, setBody, setFrontmatterFields } from "../../formats/markdown-document.ts";
import { decodeText, encodeText, textShape } from "../../formats/text-shape.ts";
import type {
  ArtifactAdapter,
  DroppedField,
  FileContents,
  ParseInput,
  Parsing,
  RenderInput,
  Rendering,
} from "./adapter.ts";
import { plainText, spliceBody } from "./body-splice.ts";

/** What a runtime's Markdown of one kind can say. Data alone. */
export interface MarkdownDialect {
  /** The runtime's title, for messages. */
  readonly title: string;
  /** Text fields that go along under their own names. */
  readonly carried: readonly string[];
  /** Those among `carried` that the runtime does not load a file without. */
  readonly required: readonly string[];
  /** What a name has to be, where the runtime skips a file of another one. */
  readonly names?: { readonly pattern: RegExp; readonly why: string };
  /** Keys that a new file begins with; from then on they are the target's own. */
  readonly initial: Readonly<Record<string, string>>;
  /** Why a field stays behind, where there is more to say than that the runtime has no such key. */
  readonly reasons: Readonly<Record<string, string>>;
  /** Text that means something else to the runtime, and why: an artifact that has it is not written. */
  readonly refused: readonly { readonly pattern: RegExp; readonly why: string }[];
}

/** The carried fields that are there, and the text. */
interface Content {
  readonly fields: Readonly<Record<string, string>>;
  readonly text: string;
}

/** An adapter between canonical Markdown and that of a runtime. */
export function markdownFieldsAdapter(dialect: MarkdownDialect): ArtifactAdapter {
  return {
    render: (input) => render(dialect, input),
    parse: (input) => parse(dialect, input),
    meaning(_path, bytes) {
      const content = readContent(dialect, bytes);
      if (typeof content === "string") return null;
      return JSON.stringify([dialect.carried.map((key) => content.fields[key] ?? null), content.text]);
    },
    hasMeaning: () => true,
    keepsMode: false,
  };
}

function render(dialect: MarkdownDialect, { artifact, files, present, targetPath }: RenderInput): Rendering {
  const source = onlyFile(files);
  if (typeof source === "string") return blocked(source);
  const wanted = canonicalContent(dialect, artifact, source.bytes);
  if (typeof wanted === "string") return blocked(wanted);
  const path = targetPath(source.path);
  const there = present.get(path);
  const fresh = encoded(freshMarkdown(dialect, wanted));
  if (typeof fresh === "string") return blocked(fresh);
  if (there !== undefined && isSymlink(there.mode)) {
    return blocked("a symbolic link lies in its place at the target, and is left alone");
  }
  const bytes = there === undefined ? fresh : editedTarget(dialect, wanted, there.bytes);
  if (typeof bytes === "string") return blocked(bytes);
  const mode = there?.mode ?? regularMode;
  return {
    outcome: "rendered",
    files: new Map([[path, { bytes, mode }]]),
    fresh: new Map([[path, { bytes: fresh, mode }]]),
    dropped: droppedFields(dialect, artifact, source.bytes),
  };
}

function blocked(why: string): Rendering {
  return { outcome: "blocked", why };
}

function freshMarkdown({ initial }: MarkdownDialect, { fields, text }: Content): EditResult {
  return setFrontmatterFields(`\n${text}\n`, { ...fields, ...initial });
}

function editedTarget(dialect: MarkdownDialect, wanted: Content, bytes: Uint8Array): Uint8Array | string {
  const edited = edit(dialect, wanted, bytes);
  return typeof edited === "string" ? `the target's file is left alone: ${edited}` : edited;
}

/** The Markdown with the wanted fields and text, and every other byte as it was. */
function edit(dialect: MarkdownDialect, wanted: Content, bytes: Uint8Array): Uint8Array | string {
  const old = readContent(dialect, bytes);
  const text = decodeText(bytes);
  if (typeof old === "string" || text === null) return typeof old === "string" ? old : "it is not text";
  const changed = dialect.carried.filter((key) => old.fields[key] !== wanted.fields[key]);
  const changes = Object.fromEntries(changed.map((key) => [key, wanted.fields[key]]));
  const edited = changed.length === 0 ? { ok: true as const, text } : setFrontmatterFields(text, changes);
  if (!edited.ok || old.text === wanted.text) return encoded(edited);
  const { body } = splitFrontmatter(edited.text);
  const { lineEnd } = textShape(text);
  const next = old.text === "" ? `\n${wanted.text}\n` : spliceBody(body, wanted.text, lineEnd);
  return encoded(setBody(edited.text, next));
}

function encoded(result: EditResult): Uint8Array | string {
  const bytes = result.ok ? encodeText(result.text) : null;
  if (bytes !== null) return bytes;
  return `its Markdown cannot be written: ${result.ok ? "ill-formed Unicode" : result.problem.message}`;
}

function parse(dialect: MarkdownDialect, { artifact, files, previous, canonicalPath }: ParseInput): Parsing {
  const source = onlyFile(files);
  if (typeof source === "string") return problem(source);
  const content = readContent(dialect, source.bytes);
  if (typeof content === "string") return problem(content);
  const missing = missingReason(dialect, content);
  if (missing !== null) return problem(missing);
  const place = canonicalPath(source.path);
  const old = previous.get(place);
  const bytes =
    old === undefined
      ? encoded(setFrontmatterFields(`\n${content.text}\n`, content.fields))
      : editedCanonical(dialect, artifact, content, old.bytes);
  if (typeof bytes === "string") return problem(bytes);
  const again = canonicalContent(dialect, artifact, bytes);
  if (typeof again === "string" || !sameContent(dialect, again, content)) {
    return problem("it cannot be brought into the canonical file without loss");
  }
  return {
    outcome: "parsed",
    files: new Map([[place, { bytes, mode: old?.mode ?? regularMode }]]),
    foreign: foreignKeys(dialect, source.bytes),
  };
}

function problem(why: string): Parsing {
  return { outcome: "problem", why };
}

function editedCanonical(
  dialect: MarkdownDialect,
  artifact: ArtifactReference,
  content: Content,
  bytes: Uint8Array,
): Uint8Array | string {
  const old = canonicalContent(dialect, artifact, bytes);
  if (typeof old === "string") return `the canonical file cannot take it in: ${old}`;
  // A name that comes from the file's own need not be written into it.
  if (sameContent(dialect, old, content)) return bytes;
  const own = readContent(dialect, bytes);
  const named = typeof own === "string" || own.fields.name !== undefined;
  if (named || old.fields.name !== content.fields.name) return edit(dialect, content, bytes);
  const { name: _, ...fields } = content.fields;
  return edit(dialect, { ...content, fields }, bytes);
}

function sameContent({ carried }: MarkdownDialect, one: Content, other: Content): boolean {
  return one.text === other.text && carried.every((key) => one.fields[key] === other.fields[key]);
}

/** The one file of an artifact; a text where there is not exactly one that can be read. */
function onlyFile(files: FileContents): { readonly path: string; readonly bytes: Uint8Array } | string {
  const [source] = files;
  if (source === undefined || files.size !== 1) return "it is not one file";
  const [path, { bytes, mode }] = source;
  return isSymlink(mode) ? "it is a symbolic link" : { path, bytes };
}

/** What the canonical file says; a text where the runtime would not take what comes of it. */
function canonicalContent(
  dialect: MarkdownDialect,
  artifact: ArtifactReference,
  bytes: Uint8Array,
): Content | string {
  const content = readContent(dialect, bytes);
  if (typeof content === "string") return content;
  const refused = dialect.refused.find(({ pattern }) => pattern.test(content.text));
  if (refused !== undefined) return refused.why;
  const name = content.fields.name ?? artifact.name.slice(artifact.name.lastIndexOf("/") + 1);
  if (dialect.names !== undefined && !dialect.names.pattern.test(name)) return dialect.names.why;
  const fields = dialect.required.includes("name") ? { ...content.fields, name } : content.fields;
  return missingReason(dialect, { ...content, fields }) ?? { ...content, fields };
}

function missingReason({ title, required }: MarkdownDialect, { fields, text }: Content): string | null {
  const missing = required.find((key) => fields[key] === undefined);
  if (missing !== undefined) return `it has no \`${missing}\`, which ${title} asks for`;
  return text === "" ? "it has no text" : null;
}

function readContent({ carried }: MarkdownDialect, bytes: Uint8Array): Content | string {
  const text = decodeText(bytes);
  if (text === null) return "it is not UTF-8 text";
  const { parts, fields, problem: wrong, lenient } = parseMarkdownDocument(text);
  if (wrong !== null) return `its frontmatter is not valid YAML (line ${wrong.line}: ${wrong.message})`;
  if (lenient) return "its frontmatter is not valid YAML: a value that holds `: ` or ` #` needs quotes";
  const found: Record<string, string> = {};
  for (const key of carried) {
    const value = fields !== null && Object.hasOwn(fields, key) ? fields[key] : null;
    if (value === null || value === undefined) continue;
    if (typeof value !== "string") return `its \`${key}\` is not text`;
    const plain = plainText(value).trim();
    if (plain !== "") found[key] = plain;
  }
  return { fields: found, text: plainText(parts.body) };
}

function keysOf(bytes: Uint8Array): readonly string[] {
  return Object.keys(parseMarkdownDocument(decodeText(bytes) ?? "").fields ?? {});
}

function foreignKeys({ carried }: MarkdownDialect, bytes: Uint8Array): readonly string[] {
  return keysOf(bytes).filter((key) => !carried.includes(key));
}

function droppedFields(
  dialect: MarkdownDialect,
  { name }: ArtifactReference,
  bytes: Uint8Array,
): readonly DroppedField[] {
  const { fields } = parseMarkdownDocument(decodeText(bytes) ?? "");
  return foreignKeys(dialect, bytes).flatMap((field) => {
    // The runtime goes by the file's name, which says the same.
    if (field === "name" && fields?.name === name.slice(name.lastIndexOf("/") + 1)) return [];
    return [{ field, why: dialect.reasons[field] ?? `${dialect.title} has no such key` }];
  });
}
