import { useRef } from "react";
import type { MergeOutlook } from "../merging/merge-job.ts";
import type { EditorController } from "../session/editor-controller.ts";
import { presentOutlook } from "../session/editor-state.ts";
import { useEditor } from "../session/use-editor.ts";

/** The outlook to draw: the last one while the next is computed, so that no card flickers under a key. */
export function usePreparedOutlook(controller: EditorController): MergeOutlook | null {
  const present = useEditor(controller, ({ state }) => presentOutlook(state));
  const theirs = useEditor(controller, ({ state }) => state.theirs);
  const last = useRef<{ outlook: MergeOutlook; theirs: unknown }>(null);
  if (present !== null) last.current = { outlook: present, theirs };
  return present ?? (last.current?.theirs === theirs ? last.current.outlook : null);
}
