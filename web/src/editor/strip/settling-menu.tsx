import { Menu } from "../../design/menu.tsx";
import { useWords } from "../../words/use-words.tsx";
import type { EditorController } from "../session/editor-controller.ts";
import { useEditor } from "../session/use-editor.ts";

interface SettlingMenuProps {
  readonly controller: EditorController;
  readonly onCompare: () => void;
  readonly onOverwrite: () => void;
}

/** The ways out of a conflict beside settling it spot by spot. */
export function SettlingMenu({ controller, onCompare, onOverwrite }: SettlingMenuProps) {
  const { editor, settling } = useWords();
  const conflict = useEditor(controller, ({ state }) => state.settling?.conflict ?? null);
  const now = () => Date.now();
  return (
    <Menu
      label="⋯"
      name={editor.more}
      choices={[
        {
          key: "reload",
          label: settling.reload,
          detail: settling.reloadDetail,
          choose: () => controller.send({ type: "reload-theirs", at: now() }),
        },
        { key: "compare", label: settling.compare, detail: settling.compareDetail, choose: onCompare },
        {
          key: "overwrite",
          label: settling.overwrite,
          detail: settling.overwriteDetail,
          tone: "bad",
          choose: onOverwrite,
        },
        conflict === null
          ? {
              key: "back",
              label: settling.back,
              detail: settling.backDetail,
              choose: () => controller.send({ type: "back-to-text" }),
            }
          : {
              key: "later",
              label: settling.later,
              detail: settling.laterDetail,
              choose: () => void controller.leave(),
            },
      ]}
    />
  );
}
