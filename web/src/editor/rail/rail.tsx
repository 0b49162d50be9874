import { useCallback } from "react";
import { readArtifact, readHistory } from "../../api/artifact.ts";
import { useLive } from "../../api/live/use-live.ts";
import { useLoaded } from "../../api/loaded.ts";
import { DriftSign } from "../../design/drift-sign.tsx";
import { Tabs } from "../../design/tabs.tsx";
import { useTimes, useWords } from "../../words/use-words.tsx";
import type { EditorController } from "../session/editor-controller.ts";
import { useEditor } from "../session/use-editor.ts";
import { Checks } from "./checks.tsx";
import { FileList } from "./file-list.tsx";

interface RailProps {
  readonly controller: EditorController;
  readonly onLine: (line: number) => void;
}

const historyRows = 30;

/** What is known of the artifact beside its text: problems, history, targets, files. */
export function Rail({ controller, onLine }: RailProps) {
  const { editor } = useWords();
  const problems = useEditor(controller, (one) => one.problems);
  const { address } = controller;
  const load = useCallback(
    async (signal: AbortSignal) => {
      const [artifact, history] = await Promise.all([
        readArtifact(address, signal),
        readHistory(address, historyRows, signal),
      ]);
      return { artifact, history };
    },
    [address],
  );
  const { value, reload } = useLoaded(load);
  useLive((message) => {
    if (message.type !== "health") reload();
  });
  const files = value?.artifact.files ?? [];
  return (
    <aside className="rail" aria-label={editor.rail}>
      <Tabs
        name={editor.rail}
        tabs={[
          {
            key: "checks",
            label: editor.checks({ count: problems.length }),
            content: <Checks problems={problems} onLine={onLine} />,
          },
          { key: "history", label: editor.history, content: <HistoryPanel entries={value?.history ?? []} /> },
          {
            key: "targets",
            label: editor.targets,
            content: <TargetsPanel targets={value?.artifact.targets ?? []} />,
          },
          {
            key: "files",
            label: editor.files({ count: files.length }),
            content: <FileList address={address} files={files} />,
          },
        ]}
      />
    </aside>
  );
}

type Loaded = Awaited<ReturnType<typeof readArtifact>>;

function HistoryPanel({ entries }: { readonly entries: Awaited<ReturnType<typeof readHistory>> }) {
  const { editor } = useWords();
  const times = useTimes();
  if (entries.length === 0) return <p className="rail-none">{editor.noHistory}</p>;
  return (
    <ol className="rail-list">
      {entries.map(({ id, actor, at, summary }) => (
        <li key={id}>
          <span className="rail-line">
            <bdi className="rail-actor">{actor.name}</bdi>
            {actor.modelId === null ? null : <bdi className="rail-soft">{actor.modelId}</bdi>}
            <time className="rail-time" dateTime={at} title={times.full(Date.parse(at))}>
              {times.short(Date.parse(at), Date.now())}
            </time>
          </span>
          <span className="rail-soft" lang="en">
            {summary}
          </span>
        </li>
      ))}
    </ol>
  );
}

function TargetsPanel({ targets }: { readonly targets: Loaded["targets"] }) {
  const { editor } = useWords();
  if (targets.length === 0) return <p className="rail-none">{editor.noTargets}</p>;
  return (
    <ul className="rail-list">
      {targets.map(({ target, state, reason }) => (
        <li key={target}>
          <span className="rail-line">
            <bdi className="rail-actor">{target}</bdi>
            <DriftSign state={state} />
          </span>
          <span className="rail-soft" lang="en">
            {reason}
          </span>
        </li>
      ))}
    </ul>
  );
}
