import type { EditorView } from "@codemirror/view";
import { useEffect, useRef, useState } from "react";
import { useWords } from "../words/use-words.tsx";
import { DraftOffers } from "./drafts/draft-offers.tsx";
import { EditorHead } from "./editor-head.tsx";
import { Rail } from "./rail/rail.tsx";
import type { EditorController } from "./session/editor-controller.ts";
import { useEditor } from "./session/use-editor.ts";
import { type SettlingTab, SettlingView } from "./settling/settling-view.tsx";
import { TextEditor } from "./source/text-editor.tsx";
import { SaveStrip } from "./strip/save-strip.tsx";

/** The text, what is to be decided about it, and what is known of it. */
export function EditorScreen({ controller }: { readonly controller: EditorController }) {
  const words = useWords();
  const { name } = controller.address;
  const isSettling = useEditor(controller, ({ state }) => state.settling !== null);
  const gone = useEditor(controller, ({ state }) => state.gone);
  const [tab, setTab] = useState<SettlingTab>("overlaps");
  const view = useRef<EditorView>(null);
  useSaveKey(controller);
  useEffect(() => {
    if (!isSettling) setTab("overlaps");
  }, [isSettling]);
  return (
    <div className="editor">
      <EditorHead controller={controller} />
      {gone === null ? null : (
        <p className="offer" role="alert">
          {words.editor.gone(gone)}
        </p>
      )}
      <DraftOffers controller={controller} />
      <div className="editor-body">
        <section className="editor-main" aria-label={words.editor.text({ name })}>
          {isSettling ? (
            <SettlingView controller={controller} tab={tab} onTab={setTab} viewRef={view} />
          ) : (
            <TextEditor controller={controller} viewRef={view} />
          )}
        </section>
        <Rail controller={controller} onLine={(line) => goToLine(view.current, line)} />
      </div>
      <SaveStrip controller={controller} onCompare={() => setTab("sideBySide")} />
    </div>
  );
}

/** Mod+S saves, wherever the focus is. */
function useSaveKey(controller: EditorController): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      controller.send({ type: "save" });
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [controller]);
}

function goToLine(view: EditorView | null, line: number): void {
  if (view === null || line > view.state.doc.lines) return;
  view.dispatch({ selection: { anchor: view.state.doc.line(line).from }, scrollIntoView: true });
  view.focus();
}
