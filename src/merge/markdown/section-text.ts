import { markdownSections } from "../../formats/sections.ts";

/** A section with its heading; `name` is its heading path, for people. */
export interface SectionText {
  readonly name: string;
  readonly text: string;
}

/** The sections of a Markdown text without frontmatter; joined they are the text. */
export function sectionTexts(body: string): readonly SectionText[] {
  return markdownSections(body).map(({ path, start, end }) => ({
    name: path.join(" > "),
    text: body.slice(start, end),
  }));
}
