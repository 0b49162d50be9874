import { useCallback, useEffect, useRef } from "react";
import { slotsOf } from "../api/api-error.ts";
import type { ArtifactAddress } from "../api/artifact-address.ts";
import { useLive } from "../api/live/use-live.ts";
import { useLoaded } from "../api/loaded.ts";
import { EmptyState, ErrorState, LoadingState } from "../design/states.tsx";
import { useToast } from "../design/toast.tsx";
import { usePlace } from "../shell/router.ts";
import { useWords } from "../words/use-words.tsx";
import { EditorScreen } from "./editor-screen.tsx";
import { type EditorController, NotEditable } from "./session/editor-controller.ts";
import { isDirty } from "./session/editor-state.ts";
import { openEditor } from "./session/open-editor.ts";
import "./editor.css";

/** One artifact, to read and to write. */
export default function EditorPage({ kind, name }: ArtifactAddress) {
  const words = useWords();
  const { query } = usePlace();
  const scope = query.get("scope") ?? undefined;
  const collection = query.get("collection") ?? undefined;
  const load = useCallback(
    (signal: AbortSignal) => {
      const which = {
        ...(scope === undefined ? {} : { scope }),
        ...(collection === undefined ? {} : { collection }),
      };
      return openEditor({ kind, name, ...which }, signal);
    },
    [kind, name, scope, collection],
  );
  const { value, error, reload } = useLoaded(load);
  if (value !== undefined) return <OpenEditor key={`${kind}/${name}`} controller={value} />;
  if (error instanceof NotEditable) {
    const text = error.why === "masked" ? words.editor.masked : words.editor.binary;
    return <EmptyState level={1} title={words.editor.notEditable} text={text} />;
  }
  if (error !== undefined) return <ErrorState error={slotsOf(error, words.shell)} onRetry={reload} />;
  return <LoadingState rows={18} />;
}

function OpenEditor({ controller }: { readonly controller: EditorController }) {
  useLive((message) => void controller.hear(message));
  const words = useWords();
  const toast = useToast();
  const leave = useRef<() => unknown>(() => undefined);
  useEffect(() => {
    leave.current = () =>
      isDirty(controller.state) && toast(words.editor.keptAsDraft({ name: controller.address.name }));
  });
  useEffect(
    () => () => {
      leave.current();
      controller.close();
    },
    [controller],
  );
  return <EditorScreen controller={controller} />;
}
