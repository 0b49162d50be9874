import { yaml, yamlFrontmatter } from "@codemirror/lang-yaml";
import { defineLanguageFacet, Language, LanguageSupport } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { GFM, parser } from "@lezer/markdown";
import { textFormatOf } from "../../../../src/merge/text-format.ts";

const markdown = new Language(defineLanguageFacet(), parser.configure([GFM]), [], "markdown");

/** How a file is highlighted, by the ending of its path. */
export function languageOf(path: string): Extension {
  switch (textFormatOf(path)) {
    case "markdown":
      return yamlFrontmatter({ content: new LanguageSupport(markdown) });
    case "yaml":
      return yaml();
    default:
      return [];
  }
}
