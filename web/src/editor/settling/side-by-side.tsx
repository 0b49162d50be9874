import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { MergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { useWords } from "../../words/use-words.tsx";
import { highlighting } from "../source/highlighting.ts";
import { languageOf } from "../source/language-of.ts";
import { styleNonce } from "../source/style-nonce.ts";
import { textChange } from "../source/text-change.ts";

interface SideBySideProps {
  readonly path: string;
  readonly theirs: string;
  readonly theirsName: string;
  readonly text: string;
  readonly onType: (text: string) => void;
}

/** Their version, to read, beside the text, to edit. */
export default function SideBySide({ path, theirs, theirsName, text, onType }: SideBySideProps) {
  const { settling } = useWords();
  const room = useRef<HTMLDivElement>(null);
  const merge = useRef<MergeView>(null);
  const latest = useRef({ text, onType });
  useEffect(() => {
    latest.current = { text, onType };
  });
  useEffect(() => {
    const parent = room.current;
    if (parent === null) return;
    const shared = [styleNonce(), lineNumbers(), highlighting, languageOf(path), EditorView.lineWrapping];
    const listen = EditorView.updateListener.of((update) => {
      if (update.docChanged) latest.current.onType(update.state.doc.toString());
    });
    const named = (name: string) =>
      EditorView.contentAttributes.of({ "aria-label": name, lang: "und", tabindex: "0" });
    const view = new MergeView({
      parent,
      a: { doc: theirs, extensions: [shared, named(theirsName), EditorState.readOnly.of(true)] },
      b: {
        doc: latest.current.text,
        extensions: [
          shared,
          named(settling.yoursName),
          history(),
          keymap.of([...historyKeymap, ...defaultKeymap]),
          listen,
        ],
      },
      collapseUnchanged: { margin: 3, minSize: 6 },
      gutter: true,
    });
    merge.current = view;
    return () => {
      merge.current = null;
      view.destroy();
    };
  }, [path, theirs, theirsName, settling]);
  useEffect(() => {
    const view = merge.current?.b;
    const change = view === undefined ? null : textChange(view.state.doc.toString(), text);
    if (change !== null) view?.dispatch({ changes: change });
  }, [text]);
  return <div ref={room} className="side-by-side" />;
}
