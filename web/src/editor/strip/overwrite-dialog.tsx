import { AlertDialog } from "../../design/alert-dialog.tsx";
import { useTimes, useWords } from "../../words/use-words.tsx";
import type { EditorController } from "../session/editor-controller.ts";
import { shortVersion } from "../session/short-version.ts";
import { useEditor } from "../session/use-editor.ts";

interface OverwriteDialogProps {
  readonly controller: EditorController;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The only modal: whose version is replaced, and where it stays. */
export function OverwriteDialog({ controller, open, onClose }: OverwriteDialogProps) {
  const { settling } = useWords();
  const times = useTimes();
  const theirs = useEditor(controller, ({ state }) => state.theirs);
  if (theirs === null) return null;
  const time = theirs.at === null ? "" : times.short(theirs.at, Date.now());
  return (
    <AlertDialog
      open={open}
      title={settling.overwriteTitle({ actor: theirs.actor })}
      cancel={settling.cancel}
      confirm={settling.overwriteConfirm}
      onClose={onClose}
      onConfirm={() => {
        onClose();
        controller.send({ type: "overwrite" });
      }}
    >
      {settling.overwriteText({ version: shortVersion(theirs.version), time })}
    </AlertDialog>
  );
}
