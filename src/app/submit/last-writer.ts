import type { ArtifactReference } from "../../domain/artifact-kinds.ts";
import { isoFromMicros } from "../../domain/clock.ts";
import { artifactHistory } from "../history/artifact-history.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { RefusedText } from "./submission.ts";

/** Who made the newest operation of an artifact's canonical files; null where it has none. */
export async function lastWriterOf(
  bench: Workbench,
  artifact: ArtifactReference,
): Promise<RefusedText["theirs"]> {
  for await (const operation of artifactHistory(bench, artifact)) {
    if (!operation.changes.some((change) => change.target === null)) continue;
    return { actor: operation.actor, operation: operation.id, at: isoFromMicros(operation.at) };
  }
  return null;
}
