import { useState } from "react";
import { Button } from "../../design/button.tsx";
import { useWords } from "../../words/use-words.tsx";
import type { EditorController } from "../session/editor-controller.ts";
import { isDirty, presentOutlook } from "../session/editor-state.ts";
import { useEditor } from "../session/use-editor.ts";
import { stepToCard } from "../settling/overlap-list.tsx";
import { NewsLine } from "./news-line.tsx";
import { OverwriteDialog } from "./overwrite-dialog.tsx";
import { SettlingMenu } from "./settling-menu.tsx";
import { TheirsLine } from "./theirs-line.tsx";

interface SaveStripProps {
  readonly controller: EditorController;
  readonly onCompare: () => void;
}

/** The one place where it is said what was done, what came from elsewhere, and what can be done next. */
export function SaveStrip({ controller, onCompare }: SaveStripProps) {
  const { editor } = useWords();
  const [isAsking, setAsking] = useState(false);
  const isSettling = useEditor(controller, ({ state }) => state.settling !== null);
  const isSaving = useEditor(controller, ({ state }) => state.saving !== null);
  const canSave = useEditor(controller, ({ state }) => isDirty(state) || state.gone !== null);
  const open = useEditor(controller, ({ state }) => presentOutlook(state)?.open.length ?? null);
  const isReady = isSettling ? open === 0 : canSave;
  return (
    <footer className="strip">
      <div className="strip-lines">
        <NewsLine controller={controller} />
        <TheirsLine controller={controller} />
      </div>
      <div className="strip-actions">
        {isSettling ? <CardSteps controller={controller} /> : null}
        <Button
          tone="main"
          aria-keyshortcuts="Control+S Meta+S"
          aria-disabled={isSaving || !isReady}
          onClick={() => controller.send({ type: "save" })}
        >
          {isSaving ? editor.saving : isSettling ? editor.saveResult : editor.save}
        </Button>
        {isSettling ? (
          <SettlingMenu controller={controller} onCompare={onCompare} onOverwrite={() => setAsking(true)} />
        ) : null}
      </div>
      <OverwriteDialog controller={controller} open={isAsking} onClose={() => setAsking(false)} />
    </footer>
  );
}

function CardSteps({ controller }: { readonly controller: EditorController }) {
  const { settling } = useWords();
  const outlook = useEditor(controller, ({ state }) => presentOutlook(state));
  const all = outlook?.pieces.filter(({ type }) => type === "unit").length ?? 0;
  const done = all - (outlook?.open.length ?? 0);
  return (
    <>
      <span className="strip-count" role="status">
        {outlook === null ? null : settling.settled({ done, all })}
      </span>
      <Button aria-keyshortcuts="Shift+F7" onClick={() => stepToCard(document, "previous")}>
        {settling.previous} <kbd>⇧F7</kbd>
      </Button>
      <Button aria-keyshortcuts="F7" onClick={() => stepToCard(document, "next")}>
        {settling.next} <kbd>F7</kbd>
      </Button>
    </>
  );
}
