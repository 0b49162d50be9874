import { Dialog } from "@base-ui/react/dialog";
import {
  type KeyboardEvent,
  useCallback,
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import type { ArtifactItem } from "../../../src/http/schemas/artifact.ts";
import { loadArtifactList } from "../api/artifact-list.ts";
import { useTheme } from "../shell/theme.ts";
import { useWords } from "../words/use-words.tsx";
import { matchActions, type PageAction } from "./page-action.ts";
import { usePageActions } from "./use-page-actions.ts";
import "./palette.css";

/** As many actions are in the document; a word more finds the others. */
const shownMax = 60;

/** Every action by its name. The focus stays in the line; arrows choose, Enter does, Escape goes back. */
export default function Palette(props: { readonly onClose: () => void; readonly onShortcuts: () => void }) {
  const { onClose, onShortcuts } = props;
  const words = useWords();
  const [, setTheme] = useTheme();
  const [artifacts, setArtifacts] = useState<readonly ArtifactItem[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    // Without the artifacts the other actions are still there.
    loadArtifactList(abort.signal, setArtifacts).catch(() => undefined);
    return () => abort.abort();
  }, []);
  const actions = usePageActions({ artifacts, setTheme, showShortcuts: onShortcuts });
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="palette">
          <Dialog.Title className="unseen">{words.commands.title}</Dialog.Title>
          <Choices actions={actions} onClose={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Choices(props: { readonly actions: readonly PageAction[]; readonly onClose: () => void }) {
  const { actions, onClose } = props;
  const { commands } = useWords();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const applied = useDeferredValue(text);
  const found = useMemo(() => matchActions(actions, applied), [actions, applied]);
  const shown = found.slice(0, shownMax);
  const present = Math.min(chosen, shown.length - 1);
  const run = useCallback(
    (action: PageAction | undefined) => {
      if (action === undefined) return;
      onClose();
      action.act();
    },
    [onClose],
  );
  useEffect(() => {
    list.current?.querySelector(`[data-index="${present}"]`)?.scrollIntoView({ block: "nearest" });
  }, [present]);
  const press = (event: KeyboardEvent) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Enter") run(shown[present]);
    else if (by !== 0) setChosen((present + by + shown.length) % Math.max(1, shown.length));
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        className="palette-field"
        role="combobox"
        aria-expanded={true}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown.length === 0 ? undefined : `${id}-${present}`}
        aria-label={commands.find}
        placeholder={commands.find}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={press}
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={commands.title} className="palette-list">
        {shown.map((action, index) => (
          <button
            key={action.key}
            id={`${id}-${index}`}
            type="button"
            role="option"
            tabIndex={-1}
            className="palette-item"
            data-index={index}
            aria-selected={index === present}
            onClick={() => run(action)}
          >
            <bdi>{action.label}</bdi>
            {(action.keys ?? []).map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </button>
        ))}
      </div>
      <p className="palette-count" role="status">
        {commands.counted({ shown: shown.length, all: found.length })}
      </p>
    </>
  );
}
