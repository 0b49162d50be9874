import { useState } from "react";
import { Button } from "../../design/button.tsx";
import { useTimes, useWords } from "../../words/use-words.tsx";
import type { EditorController } from "../session/editor-controller.ts";
import type { Draft } from "../session/editor-state.ts";
import { useEditor } from "../session/use-editor.ts";
import { MarkedText } from "../settling/marked-text.tsx";

/** What was typed before and awaits a decision: one line each, until it was made. */
export function DraftOffers({ controller }: { readonly controller: EditorController }) {
  const drafts = useEditor(controller, ({ state }) => state.drafts);
  return drafts.map((draft) => (
    <DraftOffer key={`${draft.at}${draft.base.version}`} controller={controller} draft={draft} />
  ));
}

function DraftOffer(props: { readonly controller: EditorController; readonly draft: Draft }) {
  const { controller, draft } = props;
  const { editor } = useWords();
  const times = useTimes();
  const [isOpen, setOpen] = useState(false);
  const present = useEditor(controller, ({ state }) => state.theirs ?? state.base);
  const time = times.short(draft.at, Date.now());
  const isOld = draft.base.version !== present.version;
  return (
    <section className="offer" aria-label={editor.draftOfferSame({ time })}>
      <p>{isOld ? editor.draftOffer({ time }) : editor.draftOfferSame({ time })}</p>
      <span className="offer-actions">
        <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? editor.hide : editor.compare}
        </Button>
        <Button onClick={() => controller.send({ type: "draft-use", draft, at: Date.now() })}>
          {editor.use}
        </Button>
        <Button onClick={() => controller.send({ type: "draft-discard", draft, at: Date.now() })}>
          {editor.discard}
        </Button>
      </span>
      {isOpen ? (
        <figure className="offer-difference">
          <figcaption>{editor.draftDifference}</figcaption>
          <MarkedText before={present.text} after={draft.text} folds />
        </figure>
      ) : null}
    </section>
  );
}
