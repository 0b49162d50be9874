import type { EditorView } from "@codemirror/view";
import { lazy, type RefObject, Suspense } from "react";
import { LoadingState } from "../../design/states.tsx";
import { Tabs } from "../../design/tabs.tsx";
import { useTimes, useWords } from "../../words/use-words.tsx";
import type { MergeOutlook } from "../merging/merge-job.ts";
import type { EditorController } from "../session/editor-controller.ts";
import { useEditor } from "../session/use-editor.ts";
import { TextEditor } from "../source/text-editor.tsx";
import { fromView, viewOf } from "../source/view-text.ts";
import { OpenSpots } from "./open-spots.tsx";
import { OverlapList, useCardKeys } from "./overlap-list.tsx";
import { usePreparedOutlook } from "./use-prepared-outlook.ts";
import "./settling.css";

const SideBySide = lazy(() => import("./side-by-side.tsx"));

export type SettlingTab = "overlaps" | "sideBySide" | "text" | "result";
const settlingTabs: readonly SettlingTab[] = ["overlaps", "text", "sideBySide", "result"];

interface SettlingViewProps {
  readonly controller: EditorController;
  readonly tab: SettlingTab;
  readonly onTab: (tab: SettlingTab) => void;
  readonly viewRef: RefObject<EditorView | null>;
}

/** A conflict as a place: the spots that both meant, the text to go on with, both side by side, and what would be saved. */
export function SettlingView({ controller, tab, onTab, viewRef }: SettlingViewProps) {
  const { settling } = useWords();
  const outlook = usePreparedOutlook(controller);
  useCardKeys();
  if (outlook === null) return <LoadingState rows={6} />;
  const count = outlook.pieces.filter(({ type }) => type === "unit").length;
  const contents = {
    overlaps: {
      label: settling.overlaps({ count }),
      content: <Cards controller={controller} outlook={outlook} />,
    },
    text: { label: settling.yourText, content: <TextEditor controller={controller} viewRef={viewRef} /> },
    sideBySide: { label: settling.sideBySide, content: <BySide controller={controller} outlook={outlook} /> },
    result: {
      label: settling.result,
      content: (
        <section className="result" aria-label={settling.resultName}>
          <pre>{outlook.text}</pre>
        </section>
      ),
    },
  };
  return (
    <Tabs
      name={settling.views}
      tabs={settlingTabs.map((key) => ({ key, ...contents[key] }))}
      chosen={tab}
      onChange={(key) => onTab(settlingTabs.find((one) => one === key) ?? "overlaps")}
    />
  );
}

interface PartProps {
  readonly controller: EditorController;
  readonly outlook: MergeOutlook;
}

function Cards({ controller, outlook }: PartProps) {
  const choices = useEditor(controller, ({ state }) => state.settling?.choices ?? noChoices);
  return (
    <OverlapList
      outlook={outlook}
      choices={choices}
      theirs={useTheirsName(controller)}
      onChoose={(key, choice) => controller.send({ type: "chose", key, choice })}
    />
  );
}

const noChoices = new Map();

function BySide({ controller, outlook }: PartProps) {
  const { settling } = useWords();
  const theirs = useEditor(controller, ({ state }) => state.theirs);
  const text = useEditor(controller, ({ state }) => state.text);
  const path = useEditor(controller, ({ state }) => state.path);
  if (theirs === null) return null;
  return (
    <div className="by-side">
      <OpenSpots controller={controller} outlook={outlook} />
      <Suspense fallback={<LoadingState rows={6} />}>
        <SideBySide
          path={path}
          theirs={viewOf(theirs.text)}
          theirsName={settling.theirsName({ actor: theirs.actor })}
          text={viewOf(text)}
          onType={(typed) =>
            controller.send({ type: "typed", text: fromView(typed, controller.state.base.text) })
          }
        />
      </Suspense>
    </div>
  );
}

/** How their version is called: who made it, and when. */
function useTheirsName(controller: EditorController): string {
  const { settling } = useWords();
  const times = useTimes();
  const theirs = useEditor(controller, ({ state }) => state.theirs);
  const time = theirs?.at === null || theirs === null ? "" : times.short(theirs.at, Date.now());
  return settling.theirs({ actor: theirs?.actor ?? null, time });
}
