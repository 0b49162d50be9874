import { useSyncExternalStore } from "react";
import { Button } from "../design/button.tsx";
import { Link } from "../shell/link.tsx";
import { useWords } from "../words/use-words.tsx";
import type { EditorController } from "./session/editor-controller.ts";
import { isDirty } from "./session/editor-state.ts";
import { useEditor } from "./session/use-editor.ts";
import { isPlainMode, listenPlainMode, setPlainMode } from "./source/plain-mode.ts";

/** Which artifact it is, and whether it is saved. */
export function EditorHead({ controller }: { readonly controller: EditorController }) {
  const words = useWords();
  const { kind, name } = controller.address;
  const dirty = useEditor(controller, ({ state }) => isDirty(state));
  const plain = useSyncExternalStore(listenPlainMode, isPlainMode);
  return (
    <header className="editor-head">
      <p className="editor-kind">
        <Link href="/">{words.kinds[kind]}</Link>
      </p>
      <h1>
        <bdi>{name}</bdi>
      </h1>
      <p className="editor-dirty" data-dirty={dirty}>
        <span aria-hidden="true">{dirty ? "●" : "✓"}</span> {dirty ? words.editor.dirty : words.editor.clean}
      </p>
      <Button tone="quiet" onClick={() => setPlainMode(!plain)}>
        {plain ? words.editor.richMode : words.editor.plainMode}
      </Button>
    </header>
  );
}
