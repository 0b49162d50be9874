import type { FileDiff } from "../../app/history/text-diff.ts";
import type { Screen } from "../screen.ts";
import { paint } from "./paint.ts";
import { patchText } from "./patch-text.ts";
import { visibleLine } from "./visible-text.ts";

/** Differences of several files, one after the other; of a binary file only that it differs. */
export function fileDiffs(screen: Screen, files: readonly FileDiff[]): string {
  return files
    .map((file) =>
      file.binary
        ? `${paint(screen, "strong", visibleLine(file.path))}  binary, differs`
        : patchText(screen, file.patch),
    )
    .join("\n");
}
