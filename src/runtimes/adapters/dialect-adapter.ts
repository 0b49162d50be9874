/**
 * Artifacts of runtimes that say the same in other words: the text and the fields that both know go along, each
 * under its own key and translated where the dialects differ; what the runtime cannot say is named.
 *
 * stet owns the fields that the dialect carries, and the text. Every other key of the target is its own, and
 * stays; so do comments, order and layout. Nothing is written that would not come back the same.
 */
import type { ArtifactReference } from "../../domain/artifact-kinds.ts";
import { isSymlink, regularMode } from "../../domain/files.ts";
import type { EditResult } from "../../formats/format-value.ts";
import type { FieldValue } from "../../formats/markdown-document.ts";
import { decodeText, encodeText } from "../../formats/text-shape.ts";
import type {
  ArtifactAdapter,
  DroppedField,
  FileContents,
  ParseInput,
  Parsing,
  RenderInput,
  Rendering,
} from "./adapter.ts";
import { type Container, type Held, markdownContainer } from "./container.ts";
import type { CarriedField, Dialect } from "./dialect.ts";

/** The carried fields that are there, by name, and the text as the runtime understands it. */
interface Content {
  readonly fields: Readonly<Record<string, string>>;
  readonly text: string;
}

type Side = "canonical" | "target";

/** An adapter between canonical Markdown and a runtime's own dialect. */
export function dialectAdapter(dialect: Dialect): ArtifactAdapter {
  return {
    render: (input) => render(dialect, input),
    parse: (input) => parse(dialect, input),
    meaning(_path, bytes, fresh) {
      const content = readContent(dialect, "target", bytes);
      if (typeof content === "string") return null;
      const ours = fresh === null ? null : readContent(dialect, "target", fresh);
      const isOwned = ({ name, soft }: CarriedField) =>
        soft !== true || (ours !== null && typeof ours !== "string" && ours.fields[name] !== undefined);
      const fields = dialect.carried.map((one) => (isOwned(one) ? (content.fields[one.name] ?? null) : null));
      return JSON.stringify([fields, content.text]);
    },
    hasMeaning: () => true,
    keepsMode: false,
  };
}

function render(dialect: Dialect, { artifact, files, present, targetPath }: RenderInput): Rendering {
  const source = onlyFile(files);
  if (typeof source === "string") return blocked(source);
  const wanted = canonicalContent(dialect, artifact, source.bytes);
  if (typeof wanted === "string") return blocked(wanted);
  const path = targetPath(source.path);
  const there = present.get(path);
  const fresh = encoded(dialect.container.fresh(freshValues(dialect, wanted), wanted.text));
  if (typeof fresh === "string") return blocked(fresh);
  const said = readContent(dialect, "target", fresh);
  if (typeof said === "string" || !sameContent(dialect, said, wanted)) {
    return blocked(`it cannot be said to ${dialect.title} without loss`);
  }
  if (there !== undefined && isSymlink(there.mode)) {
    return blocked("a symbolic link lies in its place at the target, and is left alone");
  }
  const bytes = there === undefined ? fresh : editedTarget(dialect, wanted, there.bytes);
  if (typeof bytes === "string") return blocked(`the target's file is left alone: ${bytes}`);
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

function freshValues(dialect: Dialect, { fields }: Content): Readonly<Record<string, FieldValue>> {
  const values: Record<string, FieldValue> = {};
  for (const { name, target, absent } of dialect.carried) {
    const text = fields[name];
    if (text !== undefined) values[target.key] = target.write(text);
    else if (absent !== undefined) values[target.key] = absent;
  }
  return { ...values, ...dialect.derived?.(fields), ...dialect.initial };
}

function editedTarget(dialect: Dialect, wanted: Content, bytes: Uint8Array): Uint8Array | string {
  const old = readContent(dialect, "target", bytes);
  const source = decodeText(bytes);
  if (typeof old === "string" || source === null) return typeof old === "string" ? old : "it is not text";
  const values: Record<string, FieldValue | undefined> = {};
  for (const { name, target, soft, absent } of dialect.carried) {
    const text = wanted.fields[name];
    if (old.fields[name] === text || (soft === true && text === undefined)) continue;
    values[target.key] = text === undefined ? absent : target.write(text);
  }
  const before: Readonly<Record<string, FieldValue>> = dialect.derived?.(old.fields) ?? {};
  for (const [key, value] of Object.entries(dialect.derived?.(wanted.fields) ?? {})) {
    if (before[key] !== value) values[key] = value;
  }
  return encoded(dialect.container.edit(source, values, old.text === wanted.text ? null : wanted.text));
}

function encoded(result: EditResult): Uint8Array | string {
  const bytes = result.ok ? encodeText(result.text) : null;
  if (bytes !== null) return bytes;
  return `its text cannot be written: ${result.ok ? "ill-formed Unicode" : result.problem.message}`;
}

function parse(dialect: Dialect, { artifact, files, previous, canonicalPath }: ParseInput): Parsing {
  const source = onlyFile(files);
  if (typeof source === "string") return problem(source);
  const read = readContent(dialect, "target", source.bytes);
  if (typeof read === "string") return problem(read);
  const place = canonicalPath(source.path);
  const old = previous.get(place);
  const before = old === undefined ? null : canonicalContent(dialect, artifact, old.bytes);
  if (typeof before === "string") return problem(`the canonical file cannot take it in: ${before}`);
  const content = withoutSoft(dialect, read, before);
  const missing = missingReason(dialect, content);
  if (missing !== null) return problem(missing);
  const bytes =
    old === undefined || before === null
      ? newCanonical(dialect, artifact, content)
      : editedCanonical(dialect, content, before, old.bytes);
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

/** A field that stet does not own at the target is no edit of the canonical file. */
function withoutSoft({ carried }: Dialect, content: Content, before: Content | null): Content {
  const kept = carried.filter(({ name, soft }) => soft !== true || before?.fields[name] !== undefined);
  const fields = kept.flatMap(({ name }): [string, string][] => {
    const text = content.fields[name];
    return text === undefined ? [] : [[name, text]];
  });
  return { fields: Object.fromEntries(fields), text: content.text };
}

function newCanonical(dialect: Dialect, artifact: ArtifactReference, content: Content): Uint8Array | string {
  const { fields, text } = content;
  const values: Record<string, FieldValue> = {};
  // Claude Code does not load an agent without a name.
  if (artifact.kind === "agent" && fields.name === undefined) values.name = lastSegment(artifact);
  for (const { name, canonical } of dialect.carried) {
    const said = fields[name];
    if (said !== undefined) values[canonical.key] = canonical.write(said);
  }
  return encoded(markdownContainer.fresh(values, dialect.text?.toCanonical(text) ?? text));
}

function editedCanonical(
  dialect: Dialect,
  content: Content,
  before: Content,
  bytes: Uint8Array,
): Uint8Array | string {
  if (sameContent(dialect, before, content)) return bytes;
  const source = decodeText(bytes);
  const own = readFields(dialect, "canonical", markdownContainer.read(bytes));
  if (source === null || typeof own === "string") return "the canonical file cannot be read";
  const values: Record<string, FieldValue | undefined> = {};
  for (const { name, canonical } of dialect.carried) {
    const text = content.fields[name];
    // A name that comes from the file's own need not be written into it.
    if (text === before.fields[name]) continue;
    if (text === undefined && own.fields[name] === undefined) continue;
    values[canonical.key] = text === undefined ? undefined : canonical.write(text);
  }
  const text =
    content.text === before.text ? null : (dialect.text?.toCanonical(content.text) ?? content.text);
  return encoded(markdownContainer.edit(source, values, text));
}

function sameContent({ carried }: Dialect, one: Content, other: Content): boolean {
  return one.text === other.text && carried.every(({ name }) => one.fields[name] === other.fields[name]);
}

/** The one file of an artifact; a text where there is not exactly one that can be read. */
function onlyFile(files: FileContents): { readonly path: string; readonly bytes: Uint8Array } | string {
  const [source] = files;
  if (source === undefined || files.size !== 1) return "it is not one file";
  const [path, { bytes, mode }] = source;
  return isSymlink(mode) ? "it is a symbolic link" : { path, bytes };
}

/** What the canonical file says to the runtime; a text where the runtime would not take what comes of it. */
function canonicalContent(
  dialect: Dialect,
  artifact: ArtifactReference,
  bytes: Uint8Array,
): Content | string {
  const content = readContent(dialect, "canonical", bytes);
  if (typeof content === "string") return content;
  const refused = dialect.refused.find(({ pattern }) => pattern.test(content.text));
  if (refused !== undefined) return refused.why;
  const text = dialect.text?.toTarget(content.text) ?? content.text;
  if (dialect.text !== undefined && dialect.text.toCanonical(text) !== content.text) {
    return `its text has words that mean something else to ${dialect.title}`;
  }
  const name = content.fields.name ?? lastSegment(artifact);
  if (dialect.names !== undefined && !dialect.names.pattern.test(name)) return dialect.names.why;
  const fields = dialect.required.includes("name") ? { ...content.fields, name } : content.fields;
  return missingReason(dialect, { fields, text }) ?? { fields, text };
}

function lastSegment({ name }: ArtifactReference): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

function missingReason({ title, required }: Dialect, { fields, text }: Content): string | null {
  const missing = required.find((name) => fields[name] === undefined);
  if (missing !== undefined) return `it has no \`${missing}\`, which ${title} asks for`;
  return text === "" ? "it has no text" : null;
}

function readContent(dialect: Dialect, side: Side, bytes: Uint8Array): Content | string {
  const container: Container = side === "canonical" ? markdownContainer : dialect.container;
  return readFields(dialect, side, container.read(bytes));
}

function readFields(dialect: Dialect, side: Side, held: Held | string): Content | string {
  if (typeof held === "string") return held;
  if (held.lenient && (side === "canonical" || dialect.lenient !== true)) {
    return "its frontmatter is not valid YAML: a value that holds `: ` or ` #` needs quotes";
  }
  const fields: Record<string, string> = {};
  for (const carried of dialect.carried) {
    const { name, soft, absent } = carried;
    const { key, read } = carried[side];
    const value = Object.hasOwn(held.values, key) ? held.values[key] : null;
    if (side === "target" && absent !== undefined && value === absent) continue;
    const text = read(value);
    if (text === undefined && soft !== true) return `its \`${key}\` is not text`;
    if (text !== undefined && text !== null) fields[name] = text;
  }
  return { fields, text: held.text };
}

function foreignKeys({ carried, container }: Dialect, bytes: Uint8Array): readonly string[] {
  const held = container.read(bytes);
  const keys = typeof held === "string" ? [] : Object.keys(held.values);
  return keys.filter((key) => !carried.some(({ target }) => target.key === key));
}

function droppedFields(
  dialect: Dialect,
  artifact: ArtifactReference,
  bytes: Uint8Array,
): readonly DroppedField[] {
  const held = markdownContainer.read(bytes);
  if (typeof held === "string") return [];
  const fields = Object.entries(held.values).flatMap(([field, value]) => {
    // The runtime goes by the file's name, which says the same.
    if (field === "name" && value === lastSegment(artifact)) return [];
    const carried = dialect.carried.find(({ canonical }) => canonical.key === field);
    if (carried !== undefined && carried.canonical.read(value) !== undefined) return [];
    return [{ field, why: dialect.reasons[field] ?? `${dialect.title} has no such key` }];
  });
  return [...fields, ...(dialect.text?.lost(held.text) ?? [])];
}
