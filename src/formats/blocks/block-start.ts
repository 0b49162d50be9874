import { type CodeFence, openingFence } from "./code-fence.ts";
import { markedDepth } from "./heading-marks.ts";
import { type HtmlBlock, openingHtml } from "./html-block.ts";
import type { MarkdownLine } from "./markdown-line.ts";
import type { ThematicBreaks } from "./thematic-break.ts";

/** A block that one line is enough to tell. */
export type BlockStart =
  | CodeFence
  | HtmlBlock
  | { readonly kind: "heading"; readonly depth: number }
  | { readonly kind: "break" };

const thematicBreak: BlockStart = { kind: "break" };

/** The block that begins at the line's content, indented by at most three columns; null for a paragraph. */
export function blockStartAt(line: MarkdownLine, breaks: ThematicBreaks): BlockStart | null {
  switch (line.codeAt(line.content)) {
    case 35: {
      const depth = markedDepth(line);
      return depth > 0 ? { kind: "heading", depth } : null;
    }
    case 42: // *
    case 45: // -
    case 95: // _
      return breaks.isAt(line) ? thematicBreak : null;
    case 60: // <
      return openingHtml(line);
    case 96: // `
    case 126: // ~
      return openingFence(line);
    default:
      return null;
  }
}
