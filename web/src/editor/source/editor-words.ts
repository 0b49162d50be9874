import { EditorState, type Extension } from "@codemirror/state";
import type { Language } from "../../words/language.ts";
import type { Words } from "../../words/words.ts";

/** What the editor itself says, in the language of the page. English is its own. */
export function editorWords(language: Language, words: Words): Extension {
  if (language === "en") return [];
  const { find } = words;
  return EditorState.phrases.of({
    Find: find.find,
    Replace: find.replace,
    next: find.next,
    previous: find.previous,
    all: find.all,
    "match case": find.matchCase,
    regexp: find.regexp,
    "by word": find.byWord,
    replace: find.replaceOne,
    "replace all": find.replaceAll,
    close: find.close,
  });
}
