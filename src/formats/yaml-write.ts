import { Document, type Scalar, visit } from "yaml";
import type { EditResult, FormatValue } from "./format-value.ts";
import { refused, sameValue } from "./format-value.ts";
import { parseYaml } from "./yaml-parse.ts";

export interface YamlStyle {
  /** Lists and maps in brackets on one line, strings without line breaks. */
  readonly flow: boolean;
  /** Whether a text of several lines may become a block scalar (`|`). */
  readonly blockScalars: boolean;
  /** Spaces of one level. */
  readonly indentWidth: number;
  /** The quotes that a string had before; plain where undefined. */
  readonly quotes: "QUOTE_SINGLE" | "QUOTE_DOUBLE" | undefined;
}

export const newFileStyle: YamlStyle = {
  flow: false,
  blockScalars: true,
  indentWidth: 2,
  quotes: undefined,
};

/**
 * The value as YAML, lines parted by `\n`, with a final newline. Long lines are not folded, and strings that
 * YAML 1.1 readers take for something else (`yes`, `012`) are quoted.
 */
export function renderYaml(value: FormatValue, style: YamlStyle): string {
  const document = new Document(value, { compat: "yaml-1.1", aliasDuplicateObjects: false });
  visit(document, {
    Scalar(key, node) {
      if (typeof node.value === "string")
        setStringStyle(node, key === "key" ? newFileStyle : style, node.value);
    },
    Collection(_, node) {
      if (style.flow) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, indent: style.indentWidth, flowCollectionPadding: false });
}

/** The value as it stands inside brackets, where plain strings end at a comma. No line breaks. */
export function renderFlowYaml(value: FormatValue, style: YamlStyle): string {
  return renderYaml([value], { ...style, flow: true }).slice("[".length, -"]\n".length);
}

// Escapes hold these exactly; the plain and block styles would fold, cut or refuse them.
const needsEscapes =
  /[^\t\n\x20-\x7E\xA0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\u{10000}-\u{10FFFF}]/u;

function setStringStyle(node: Scalar, style: YamlStyle, text: string): void {
  if (needsEscapes.test(text)) {
    node.type = "QUOTE_DOUBLE";
  } else if (!text.includes("\n")) {
    if (style.quotes !== undefined) node.type = style.quotes;
  } else {
    const fitsBlock = /^\S/.test(text) && !/[ \t]\n|[ \t]$|\n\n$/.test(text);
    node.type = fitsBlock && style.blockScalars && !style.flow ? "BLOCK_LITERAL" : "QUOTE_DOUBLE";
  }
}

/** A new YAML file. Refused for what would not be read back as it is. */
export function writeYaml(value: FormatValue): EditResult {
  const text = renderYaml(value, newFileStyle);
  if (!sameValue(parseYaml(text).value, value)) return refused("YAML cannot hold this value");
  return { ok: true, text };
}
