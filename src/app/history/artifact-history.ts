import { type ArtifactReference, formatArtifact } from "../../domain/artifact-kinds.ts";
import type { Operation } from "../../domain/operations.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { operationsBackward } from "./operations-backward.ts";

/**
 * The operations of one artifact, newest first, also under the names that it had before: an operation that
 * renamed it names both, so its history goes with it.
 */
export async function* artifactHistory(
  bench: Workbench,
  reference: ArtifactReference,
  beforeSequence?: number,
): AsyncGenerator<Operation> {
  let name: string | undefined = formatArtifact(reference);
  let bound = beforeSequence;
  while (name !== undefined) {
    const artifact: string = name;
    name = undefined;
    const query = bound === undefined ? { artifact } : { artifact, beforeSequence: bound };
    for await (const operation of operationsBackward(bench, query)) {
      yield operation;
      if (operation.kind !== "move" || operation.details.to !== artifact) continue;
      name = operation.details.from;
      bound = operation.sequence;
      break;
    }
  }
}
