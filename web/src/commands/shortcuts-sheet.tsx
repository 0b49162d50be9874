import { Dialog } from "@base-ui/react/dialog";
import { useWords } from "../words/use-words.tsx";
import "./palette.css";
import "../design/button.css";

/** Which keys do what, everywhere and on single screens. */
export default function ShortcutsSheet({ onClose }: { readonly onClose: () => void }) {
  const { commands, shell } = useWords();
  const rows = [
    { keys: ["Ctrl", "K"], does: commands.title },
    { keys: ["?"], does: commands.shortcuts },
    { keys: ["Ctrl", "Alt", "Z"], does: commands.undo },
    { keys: ["Ctrl", "S"], does: commands.save },
    { keys: ["F7"], does: commands.nextDifference },
    { keys: ["Shift", "F7"], does: commands.previousDifference },
    { keys: ["↑", "↓", "←", "→"], does: commands.moveInMatrix },
    { keys: ["Esc"], does: commands.escape },
  ];
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="palette sheet">
          <Dialog.Title className="dialog-title">{commands.shortcuts}</Dialog.Title>
          <p>{commands.onMac}</p>
          <dl className="sheet-keys">
            {rows.map(({ keys, does }) => (
              <div key={does}>
                <dt>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <Dialog.Close className="button">{shell.close}</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
