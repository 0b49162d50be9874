import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension, Transaction } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { type RefObject, useEffect, useRef } from "react";
import { useLanguage, useWords } from "../../words/use-words.tsx";
import type { TextProblem } from "../merging/find-problems.ts";
import { editorWords } from "./editor-words.ts";
import { highlighting } from "./highlighting.ts";
import { languageOf } from "./language-of.ts";
import { problemMarks, showProblems } from "./problem-marks.ts";
import { styleNonce } from "./style-nonce.ts";
import { textChange } from "./text-change.ts";

interface SourceEditorProps {
  readonly path: string;
  readonly name: string;
  readonly text: string;
  readonly problems: readonly TextProblem[];
  readonly onType: (text: string) => void;
  /** Where the view is put, for those who move its cursor. */
  readonly viewRef: RefObject<EditorView | null>;
}

/**
 * The text with highlighting. What comes from elsewhere is put in as the smallest change, so that the cursor and the
 * scroll position stay. The editor's own undo passes over it: it takes back what was typed here, and never what others
 * wrote, which a save would then take back for everybody.
 */
export function SourceEditor({ path, name, text, problems, onType, viewRef }: SourceEditorProps) {
  const room = useRef<HTMLDivElement>(null);
  const typed = useRef(onType);
  const first = useRef(text);
  const spoken = useRef(new Compartment());
  const words = useWords();
  const { language } = useLanguage();
  useEffect(() => {
    typed.current = onType;
  });
  useEffect(() => {
    const parent = room.current;
    if (parent === null) return;
    const listen = EditorView.updateListener.of((update) => {
      if (update.docChanged) typed.current(update.state.doc.toString());
    });
    const view = new EditorView({
      parent,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          styleNonce(),
          basics,
          highlighting,
          languageOf(path),
          problemMarks,
          listen,
          spoken.current.of([]),
        ],
      }),
    });
    viewRef.current = view;
    return () => {
      viewRef.current = null;
      first.current = view.state.doc.toString();
      view.destroy();
    };
  }, [path, viewRef]);
  useEffect(() => {
    const said = [
      EditorView.contentAttributes.of({ "aria-label": name, lang: "und", tabindex: "0" }),
      editorWords(language, words),
    ];
    viewRef.current?.dispatch({ effects: spoken.current.reconfigure(said) });
  }, [name, language, words, viewRef]);
  useEffect(() => {
    const view = viewRef.current;
    if (view === null) return;
    const change = textChange(view.state.doc.toString(), text);
    if (change === null) return;
    view.dispatch({ changes: change, annotations: Transaction.addToHistory.of(false) });
  }, [text, viewRef]);
  useEffect(() => {
    viewRef.current?.dispatch({ effects: showProblems.of(problems) });
  }, [problems, viewRef]);
  return <div ref={room} className="source" />;
}

const basics: Extension = [
  lineNumbers(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  history(),
  drawSelection(),
  search({ top: true }),
  highlightSelectionMatches(),
  EditorView.lineWrapping,
  EditorState.tabSize.of(2),
  // Tab leaves the editor after Escape, as the editor's own help says.
  keymap.of([...searchKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
];
