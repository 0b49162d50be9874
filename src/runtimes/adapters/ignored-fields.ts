/**
 * An adapter with fields that may differ at the target: neither side's value reaches the other, and a difference in
 * them is none. The target keeps its own value while it has a file; a new file begins with the store's.
 */
import { isRecord, type KeyEdit } from "../../formats/format-value.ts";
import {
  type FieldValue,
  parseMarkdownDocument,
  setFrontmatterFields,
} from "../../formats/markdown-document.ts";
import { decodeText, encodeText } from "../../formats/text-shape.ts";
import { tomlDocument } from "../../formats/toml-document.ts";
import type { ArtifactAdapter, FileContent, FileContents } from "./adapter.ts";

export function ignoringFields(adapter: ArtifactAdapter, fields: readonly string[]): ArtifactAdapter {
  return {
    keepsMode: adapter.keepsMode,
    hasMeaning: (path) => adapter.hasMeaning(path) || isToml(path),
    meaning: (path, bytes, fresh) =>
      adapter.meaning(
        path,
        withFields(path, bytes, fields, {}),
        fresh === null ? null : withFields(path, fresh, fields, {}),
      ),
    render(input) {
      const rendering = adapter.render(input);
      if (rendering.outcome === "blocked") return rendering;
      const own = (files: FileContents) => mapFiles(files, (path, file) => keptAt(path, file, input.present));
      return { ...rendering, files: own(rendering.files) };
    },
    parse(input) {
      const { artifact, previous, files } = input;
      const paths = new Map([...files.keys()].map((path) => [input.canonicalPath(path), path]));
      const targetPath = (path: string) => paths.get(path) ?? path;
      const known =
        previous.size === 0
          ? null
          : adapter.render({ artifact, files: previous, present: new Map(), targetPath });
      const store = known?.outcome === "rendered" ? known.fresh : null;
      const shown = store === null ? files : mapFiles(files, (path, file) => keptAt(path, file, store));
      return adapter.parse({ ...input, files: shown });
    },
  };

  /** The file with the ignored fields as they are in another of the same path; as it is where there is none. */
  function keptAt(path: string, file: FileContent, others: FileContents): FileContent {
    const other = others.get(path);
    if (other === undefined) return file;
    return { ...file, bytes: withFields(path, file.bytes, fields, valuesOf(path, other.bytes)) };
  }
}

function mapFiles(files: FileContents, map: (path: string, file: FileContent) => FileContent): FileContents {
  return new Map([...files].map(([path, file]) => [path, map(path, file)]));
}

function isToml(path: string): boolean {
  return path.endsWith(".toml");
}

function valuesOf(path: string, bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const text = decodeText(bytes) ?? "";
  const value = isToml(path) ? tomlDocument.parse(text).value : parseMarkdownDocument(text).fields;
  return isRecord(value) ? value : {};
}

/** The file with these fields set to the given values, and without those that have none. As it is where it cannot be read. */
function withFields(
  path: string,
  bytes: Uint8Array,
  fields: readonly string[],
  values: Readonly<Record<string, unknown>>,
): Uint8Array {
  const text = decodeText(bytes);
  if (text === null) return bytes;
  const present = valuesOf(path, bytes);
  const edits = fields.flatMap((field): KeyEdit[] => {
    const value = Object.hasOwn(values, field) ? values[field] : undefined;
    const has = Object.hasOwn(present, field);
    if (value === undefined && !has) return [];
    return isFieldValue(value) || value === undefined ? [{ path: [field], value }] : [];
  });
  if (edits.length === 0) return bytes;
  const edited = isToml(path)
    ? tomlDocument.edit(text, edits)
    : setFrontmatterFields(
        text,
        Object.fromEntries(edits.map(({ path: [key = ""], value }) => [key, value])),
      );
  return (edited.ok ? encodeText(edited.text) : null) ?? bytes;
}

function isFieldValue(value: unknown): value is FieldValue {
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return true;
  if (Array.isArray(value)) return value.every(isFieldValue);
  return isRecord(value) && Object.values(value).every(isFieldValue);
}
