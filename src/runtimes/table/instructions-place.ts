import type { RuntimePlace } from "./runtime.ts";

/** Folder instructions that a runtime reads where they lie: files of one name, in any folder of the project. */
export function instructionsPlace(
  fileName: string,
  evidence: RuntimePlace["evidence"],
  more: Pick<RuntimePlace, "hiding" | "depthMost" | "note"> = {},
): RuntimePlace {
  return {
    kind: "rule",
    scope: "project",
    path: fileName,
    role: "read",
    format: "markdown",
    layout: "instructions",
    evidence,
    ...more,
  };
}
