import type { EditorView } from "@codemirror/view";
import { type RefObject, useSyncExternalStore } from "react";
import { useWords } from "../../words/use-words.tsx";
import type { EditorController } from "../session/editor-controller.ts";
import { useEditor } from "../session/use-editor.ts";
import { PlainEditor } from "./plain-editor.tsx";
import { isPlainMode, listenPlainMode } from "./plain-mode.ts";
import { SourceEditor } from "./source-editor.tsx";
import { fromView, hasOneLineEnd, viewOf } from "./view-text.ts";

interface TextEditorProps {
  readonly controller: EditorController;
  readonly viewRef: RefObject<EditorView | null>;
}

/** The text to edit, in the way that the reader chose. */
export function TextEditor({ controller, viewRef }: TextEditorProps) {
  const words = useWords();
  const text = useEditor(controller, ({ state }) => state.text);
  const path = useEditor(controller, ({ state }) => state.path);
  const problems = useEditor(controller, (one) => one.problems);
  const wantsPlain = useSyncExternalStore(listenPlainMode, isPlainMode);
  const canConvert = hasOneLineEnd(controller.state.base.text);
  const name = words.editor.text({ name: controller.address.name });
  const shown = canConvert ? viewOf(text) : text;
  const type = (typed: string) => {
    const origin = controller.state.base.text;
    controller.send({ type: "typed", text: canConvert ? fromView(typed, origin) : typed });
  };
  // The browser's own field would change mixed line ends; the editor holds them as they are.
  if (wantsPlain && canConvert) return <PlainEditor name={name} text={shown} onType={type} />;
  return (
    <SourceEditor path={path} name={name} text={shown} problems={problems} onType={type} viewRef={viewRef} />
  );
}
