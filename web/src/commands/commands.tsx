import { lazy, Suspense, useEffect, useState } from "react";
import { slotsOf } from "../api/api-error.ts";
import { undoLast } from "../api/operations.ts";
import { useToast } from "../design/toast.tsx";
import { useWords } from "../words/use-words.tsx";

const Palette = lazy(() => import("./palette.tsx"));
const ShortcutsSheet = lazy(() => import("./shortcuts-sheet.tsx"));

type Open = "palette" | "shortcuts" | null;

/** The keys that work everywhere, what they open, and a button for those who have no keyboard. */
export function Commands() {
  const { commands, history, shell } = useWords();
  const toast = useToast();
  const [open, setOpen] = useState<Open>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isMod = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      if (isMod && !event.altKey && !event.shiftKey && key === "k") setOpen("palette");
      else if (isMod && event.altKey && key === "z") {
        undoLast().then(
          ({ operation }) => toast(operation === null ? history.nothingToUndo : history.undoneLast),
          (error: unknown) => toast(slotsOf(error, shell).what),
        );
      } else if (event.key === "?" && !isMod && !isTyping(event.target)) setOpen("shortcuts");
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [history, shell, toast]);
  const close = () => setOpen(null);
  return (
    <>
      <button
        type="button"
        className="button"
        data-tone="quiet"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen("palette")}
      >
        {commands.button}
      </button>
      <Suspense>
        {open === "palette" ? <Palette onClose={close} onShortcuts={() => setOpen("shortcuts")} /> : null}
        {open === "shortcuts" ? <ShortcutsSheet onClose={close} /> : null}
      </Suspense>
    </>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}
