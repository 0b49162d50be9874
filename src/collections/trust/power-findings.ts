import { isRecord, type OpenDocument, sameValue } from "../../formats/format-value.ts";
import { jsoncDocument } from "../../formats/jsonc-document.ts";
import { parseMarkdownDocument } from "../../formats/markdown-document.ts";
import { decodeText } from "../../formats/text-shape.ts";
import { tomlDocument } from "../../formats/toml-document.ts";
import { yamlDocument } from "../../formats/yaml-document.ts";
import { widensPower } from "../../merge/data/powerful-keys.ts";
import { textFormatOf } from "../../merge/text-format.ts";
import { TextLines } from "./text-lines.ts";
import { escapeHidden, type TrustFinding, trustFinding } from "./trust-finding.ts";

/** Files that runtimes read settings, hooks, servers or plugins from, wherever they lie. */
const settingsFile =
  /(?:^|\/)(?:\.?mcp(?:-servers)?|hooks|settings(?:\.local)?|plugin|marketplace|opencode|gemini-extension|config)\.(?:jsonc?|toml|ya?ml)$|(?:^|\/)hooks\/[^/]+\.json$|(?:^|\/)mcp\/[^/]+\.json$|(?:^|\/)agents\/openai\.ya?ml$/i;

/** What a file says of its powers. */
interface PowerFields {
  readonly fields: Readonly<Record<string, unknown>>;
  /** True where something is there that could not be read. */
  readonly isUnread: boolean;
  readonly text: string;
  /** The text of the fields alone, opened; null where only a lenient reading went well. */
  readonly document: OpenDocument | null;
  readonly documentStart: number;
}

/** Whether a file may give an agent power by what it declares, and so has to be compared. */
export function mayDeclarePower(path: string): boolean {
  return textFormatOf(path) === "markdown" || settingsFile.test(path);
}

/**
 * Keys of one file that let an agent do more than in the version before, each with the lines that it stands on.
 * `before` is null for a file that is new. A file that nobody can read any more is a finding as well: a runtime
 * may read it all the same.
 */
export function powerFindings(
  path: string,
  before: Uint8Array | null,
  after: Uint8Array,
): readonly TrustFinding[] {
  if (!mayDeclarePower(path)) return [];
  const now = powerFields(path, after);
  const old = before === null ? null : powerFields(path, before);
  if (now.isUnread) {
    if (old?.text === now.text) return [];
    const message = "its keys cannot be read, so what they allow cannot be compared";
    const lines = now.text === "" ? [] : [new TextLines(now.text).shownAt(0)];
    return [trustFinding("power-unread", path, { message, lines, evidence: [now.text] })];
  }
  return widened([], old?.fields ?? {}, now.fields).map((keyPath) => {
    const value = valueAt(now.fields, keyPath);
    const verb = value === undefined ? "no longer says" : "sets";
    return trustFinding("power", path, {
      message: `${verb} ${escapeHidden(keyPath.join("."))}, by which an agent may do more than before`,
      lines: linesOf(now, keyPath),
      evidence: [keyPath.join("\0"), JSON.stringify(value) ?? ""],
    });
  });
}

/** The shortest key paths whose change widens power. */
function widened(path: readonly string[], before: unknown, after: unknown): readonly (readonly string[])[] {
  if (sameValue(before, after)) return [];
  if (isRecord(after) && (isRecord(before) || path.length === 0)) {
    const old = isRecord(before) ? before : {};
    const keys = [...new Set([...Object.keys(after), ...Object.keys(old)])];
    return keys.flatMap((key) => widened([...path, key], ownValue(old, key), ownValue(after, key)));
  }
  return widensPower(path, before, after) ? [path] : [];
}

function powerFields(path: string, bytes: Uint8Array): PowerFields {
  const text = decodeText(bytes);
  const nothing = { fields: {}, isUnread: text === null, text: text ?? "", document: null, documentStart: 0 };
  if (text === null) return nothing;
  const format = textFormatOf(path);
  if (format === "markdown") {
    const { parts, fields, problem } = parseMarkdownDocument(text);
    if (fields === null) return { ...nothing, isUnread: problem !== null };
    const documentStart = parts.bom.length + (parts.frontmatter?.open.length ?? 0);
    const document = yamlDocument.open(parts.frontmatter?.yaml ?? "");
    return { fields, isUnread: false, text, document, documentStart };
  }
  const data = format === "toml" ? tomlDocument : format === "yaml" ? yamlDocument : jsoncDocument;
  const { value, problem } = data.parse(text);
  if (problem !== null) return { ...nothing, isUnread: true };
  return { ...nothing, fields: isRecord(value) ? value : { value }, document: data.open(text) };
}

/** The lines of the key; where it is gone, or was read leniently, those of the nearest that can be found. */
function linesOf({ text, document, documentStart }: PowerFields, keyPath: readonly string[]) {
  const lines = new TextLines(text);
  const entries = document?.layout().entries ?? [];
  for (let depth = keyPath.length; depth > 0; depth--) {
    const wanted = keyPath.slice(0, depth);
    const entry = entries.find(
      ({ path }) => path.length === depth && path.every((key, index) => key === wanted[index]),
    );
    if (entry !== undefined)
      return lines.shownBetween(documentStart + entry.start, documentStart + entry.end);
  }
  const [first = ""] = keyPath;
  const offset = document === null ? text.indexOf(first) : -1;
  return offset === -1 ? [] : [lines.shownAt(offset)];
}

function valueAt(fields: unknown, keyPath: readonly string[]): unknown {
  return keyPath.reduce<unknown>(
    (value, key) => (isRecord(value) ? ownValue(value, key) : undefined),
    fields,
  );
}

function ownValue(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
