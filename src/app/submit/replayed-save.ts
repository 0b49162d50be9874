import { artifactAmong } from "../history/artifact-argument.ts";
import { artifactVersion } from "../history/artifact-version.ts";
import { presentAt } from "../workbench/present.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { mtimeOf } from "./main-file.ts";
import type { SavedText, Submission } from "./submission.ts";

/**
 * What a save was answered that is on record already; null where none of that id is. A later version of the file is
 * not this one's: its time is then that of no file, so that a save on top of it is compared again.
 */
export async function replayedSave(
  bench: Workbench,
  { artifact, operation: id }: Submission,
): Promise<SavedText | null> {
  const operation = id === undefined ? undefined : await bench.store.history.operation(id);
  if (operation === undefined) return null;
  const commit = operation.refs.find(({ name }) => name === bench.branchRef)?.after ?? null;
  const then = artifactAmong(await presentAt(bench.store, commit), artifact);
  const mtime = then.main === null ? null : mtimeOf(bench, then.main.path, then.main.entry.blob);
  return {
    status: "saved",
    outcome: operation.details.decided === undefined ? "saved" : "merged",
    version: artifactVersion(then),
    mtime: mtime ?? "0",
    operation: operation.id,
    decisions: [],
    content: null,
    replaced: null,
  };
}
