import { type EditResult, isRecord, type KeyEdit } from "../../formats/format-value.ts";
import { splitFrontmatter } from "../../formats/frontmatter.ts";
import {
  type FieldValue,
  parseMarkdownDocument,
  setBody,
  setFrontmatterFields,
} from "../../formats/markdown-document.ts";
import { decodeText, textShape } from "../../formats/text-shape.ts";
import { tomlDocument } from "../../formats/toml-document.ts";
import { writeToml } from "../../formats/toml-write.ts";
import { plainText, spliceBody } from "./body-splice.ts";

/** Keys and a text, as a file holds them. */
export interface Held {
  readonly values: Readonly<Record<string, unknown>>;
  /** Without line ends, blank lines before it and blanks after it. */
  readonly text: string;
  /** The keys are no valid YAML, and were read line by line. */
  readonly lenient: boolean;
}

/** A file format that holds keys and a text. Every edit touches only what it is told. */
export interface Container {
  /** What the file holds; a text says why it cannot be read. */
  readonly read: (bytes: Uint8Array) => Held | string;
  readonly fresh: (values: Readonly<Record<string, FieldValue>>, text: string) => EditResult;
  /** `text` null leaves the text as it is. */
  readonly edit: (
    source: string,
    values: Readonly<Record<string, FieldValue | undefined>>,
    text: string | null,
  ) => EditResult;
}

export const markdownContainer: Container = {
  read(bytes) {
    const text = decodeText(bytes);
    if (text === null) return "it is not UTF-8 text";
    const { parts, fields, problem, lenient } = parseMarkdownDocument(text);
    if (problem !== null)
      return `its frontmatter is not valid YAML (line ${problem.line}: ${problem.message})`;
    return { values: fields ?? {}, text: plainText(parts.body), lenient };
  },
  fresh(values, text) {
    if (Object.keys(values).length === 0) {
      // At the very beginning these would be read as frontmatter, or as the mark of an encoding.
      const isMistaken = text.startsWith("---") || text.startsWith("\uFEFF");
      return { ok: true, text: `${isMistaken ? "\n" : ""}${text}\n` };
    }
    return setFrontmatterFields(`\n${text}\n`, values);
  },
  edit(source, values, text) {
    const edited =
      Object.keys(values).length === 0
        ? { ok: true as const, text: source }
        : setFrontmatterFields(source, values);
    if (!edited.ok || text === null) return edited;
    const { body } = splitFrontmatter(edited.text);
    const { lineEnd } = textShape(source);
    const next = plainText(body) === "" ? `\n${text}\n` : spliceBody(body, text, lineEnd);
    return setBody(edited.text, next);
  },
};

/** TOML whose text is the value of one key. */
export function tomlContainer(textKey: string): Container {
  return {
    read(bytes) {
      const text = decodeText(bytes);
      if (text === null) return "it is not UTF-8 text";
      const { value, problem } = tomlDocument.parse(text);
      if (problem !== null) return `it is not valid TOML (line ${problem.line}: ${problem.message})`;
      if (!isRecord(value)) return "it is not a TOML table";
      const { [textKey]: held = "", ...values } = value;
      if (typeof held !== "string") return `its \`${textKey}\` is not text`;
      return { values, text: plainText(held), lenient: false };
    },
    fresh: (values, text) => writeToml({ ...values, [textKey]: `${text}\n` }),
    edit(source, values, text) {
      const edits = Object.entries(values).map(([key, value]): KeyEdit => ({ path: [key], value }));
      if (text !== null) edits.push({ path: [textKey], value: `${text}\n` });
      return tomlDocument.edit(source, edits);
    },
  };
}
