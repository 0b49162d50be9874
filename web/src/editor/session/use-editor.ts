import { useSyncExternalStore } from "react";
import type { EditorController } from "./editor-controller.ts";

/** A part of what the editor holds; the component is drawn again when that part is another one. */
export function useEditor<Part>(
  controller: EditorController,
  part: (controller: EditorController) => Part,
): Part {
  return useSyncExternalStore(controller.subscribe, () => part(controller));
}
