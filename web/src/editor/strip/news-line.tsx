import type { ReactNode } from "react";
import { slotsOf } from "../../api/api-error.ts";
import { Button } from "../../design/button.tsx";
import type { Times } from "../../words/times.ts";
import { useTimes, useWords } from "../../words/use-words.tsx";
import type { Words } from "../../words/words.ts";
import type { EditorController } from "../session/editor-controller.ts";
import { type Draft, type News, presentOutlook } from "../session/editor-state.ts";
import { shortVersion } from "../session/short-version.ts";
import { useEditor } from "../session/use-editor.ts";

/** What was done last, in one line, with the way back. A refusal interrupts those who listen; all else waits its turn. */
export function NewsLine({ controller }: { readonly controller: EditorController }) {
  const words = useWords();
  const times = useTimes();
  const news = useEditor(controller, ({ state }) => state.news);
  const units = useEditor(controller, ({ state }) => presentOutlook(state)?.open.length ?? 0);
  const isUrgent = news !== null && urgent.includes(news.type);
  const text = news === null ? "" : saidOf(news, units, words, times);
  return (
    <div role={isUrgent ? "alert" : "status"} className="strip-line" data-tone={isUrgent ? "notice" : "calm"}>
      {text === "" ? null : <span>{text}</span>}
      {news === null ? null : <WayBack controller={controller} news={news} />}
    </div>
  );
}

const urgent: readonly News["type"][] = ["refused", "changed-again", "failed"];

function saidOf(news: News, units: number, { editor, shell }: Words, times: Times): string {
  switch (news.type) {
    case "saved":
      return editor.saved({ version: shortVersion(news.version) });
    case "unchanged":
      return editor.unchanged;
    case "merged":
      return editor.merged;
    case "replaced":
      return editor.replaced({ version: shortVersion(news.version) });
    case "nothing-to-save":
      return editor.nothingToSave;
    case "moved-on":
      return editor.movedOn(news);
    case "taken-in":
      return editor.takenIn(news);
    case "refused":
      return editor.refused({ actor: news.actor, units });
    case "changed-again":
      return editor.changedAgain(news);
    case "still-open":
      return editor.stillOpen({ units });
    case "reloaded":
      return editor.reloaded;
    case "left":
      return editor.left;
    case "draft-restored":
      return editor.draftRestored({ time: times.short(news.at, Date.now()) });
    case "draft-used":
      return editor.draftUsed;
    case "draft-discarded":
      return editor.draftDiscarded;
    case "failed":
      return editor.failed({ what: slotsOf(news.error, shell).what });
  }
}

function WayBack({
  controller,
  news,
}: {
  readonly controller: EditorController;
  readonly news: News;
}): ReactNode {
  const { editor } = useWords();
  const bring = (draft: Draft) => (
    <Button tone="quiet" onClick={() => controller.send({ type: "draft-use", draft, at: Date.now() })}>
      {editor.bringBack}
    </Button>
  );
  switch (news.type) {
    case "saved":
    case "merged":
    case "replaced":
      if (news.operation === null) return null;
      return (
        <Button tone="quiet" onClick={() => void controller.undo(news)}>
          {editor.undo}
        </Button>
      );
    case "reloaded":
      return bring(news.mine);
    case "draft-discarded":
      return bring(news.draft);
    case "draft-restored":
      return (
        <Button
          tone="quiet"
          onClick={() => controller.send({ type: "draft-discard", draft: null, at: Date.now() })}
        >
          {editor.discard}
        </Button>
      );
    default:
      return null;
  }
}
