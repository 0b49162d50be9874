import { Button } from "../../design/button.tsx";
import { useWords } from "../../words/use-words.tsx";
import type { EditorController } from "../session/editor-controller.ts";
import { presentOutlook } from "../session/editor-state.ts";
import { useEditor } from "../session/use-editor.ts";

/** What came from elsewhere while one types: whether it merges with the text, or meets it. */
export function TheirsLine({ controller }: { readonly controller: EditorController }) {
  const { editor } = useWords();
  const theirs = useEditor(controller, ({ state }) => (state.settling === null ? state.theirs : null));
  const outlook = useEditor(controller, ({ state }) => presentOutlook(state));
  const { send } = controller;
  if (theirs === null) return <div role="status" />;
  const { actor } = theirs;
  const units = outlook?.pieces.filter(({ type }) => type === "unit").length;
  return (
    <div role="status" className="strip-line" data-tone={units === 0 ? "calm" : "notice"}>
      {units === undefined ? (
        editor.comparing({ actor })
      ) : units === 0 ? (
        <>
          <span>{editor.mergesWithYours({ actor })}</span>
          <Button onClick={() => send({ type: "take-in" })}>{editor.takeIn}</Button>
        </>
      ) : (
        <>
          <span>{editor.overlapsYours({ actor, units })}</span>
          <Button onClick={() => send({ type: "look" })}>{editor.look}</Button>
        </>
      )}
    </div>
  );
}
