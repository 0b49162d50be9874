import { nextLineOf, skipBlanks } from "./splice.ts";
import { byteOrderMark } from "./text-shape.ts";

/** The fences with their blanks and line ends, and the YAML between them. */
export interface Frontmatter {
  readonly open: string;
  readonly yaml: string;
  readonly close: string;
}

/** `joinMarkdown` of the parts is the text they came from, unit for unit. */
export interface MarkdownParts {
  readonly bom: "" | typeof byteOrderMark;
  readonly frontmatter: Frontmatter | null;
  readonly body: string;
}

/**
 * Splits a Markdown text at its frontmatter, without loss.
 *
 * A fence is a line that is `---` from its first column on, followed at most by blanks, so `---` inside an
 * (indented) block scalar or a value ends nothing. A first line `---` without a closing fence is a
 * thematic break: everything is body.
 */
export function splitFrontmatter(text: string): MarkdownParts {
  const bom = text.startsWith(byteOrderMark) ? byteOrderMark : "";
  const start = bom.length;
  const yamlStart = fenceEnd(text, start);
  if (yamlStart !== null && text[yamlStart - 1] === "\n") {
    for (let line = yamlStart; line < text.length; line = nextLineOf(text, line)) {
      const bodyStart = fenceEnd(text, line);
      if (bodyStart === null) continue;
      const frontmatter = {
        open: text.slice(start, yamlStart),
        yaml: text.slice(yamlStart, line),
        close: text.slice(line, bodyStart),
      };
      return { bom, frontmatter, body: text.slice(bodyStart) };
    }
  }
  return { bom, frontmatter: null, body: text.slice(start) };
}

export function joinMarkdown({ bom, frontmatter, body }: MarkdownParts): string {
  if (frontmatter === null) return bom + body;
  return bom + frontmatter.open + frontmatter.yaml + frontmatter.close + body;
}

/** Where the line after the fence at `start` begins; null when there is no fence. */
function fenceEnd(text: string, start: number): number | null {
  if (!text.startsWith("---", start)) return null;
  const end = skipBlanks(text, start + 3);
  if (end === text.length) return end;
  if (text[end] === "\n") return end + 1;
  return text.startsWith("\r\n", end) ? end + 2 : null;
}
