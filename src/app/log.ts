import { formatArtifact } from "../domain/artifact-kinds.ts";
import type { Operation } from "../domain/operations.ts";
import { readArtifactArgument } from "./artifact-argument.ts";
import { commitMadeBy } from "./commit-made.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer, type ShownOperation } from "./outcomes.ts";
import { readOperation } from "./point.ts";
import { reading } from "./reading.ts";
import { shownOperation } from "./shown.ts";
import type { Workbench } from "./workbench.ts";

export interface LogInput extends CallOptions {
  /** `skill/pdf`; absent for the whole collection. */
  readonly artifact?: string;
  readonly limit: number;
  /** Only operations before this one. */
  readonly before?: string;
}

/** Operations, newest first, each with who did it and what changed. */
export async function log(
  environment: Environment,
  input: LogInput,
): Promise<Answer<{ readonly operations: readonly ShownOperation[] }>> {
  return await reading(environment, input, async (bench) => {
    const before = input.before === undefined ? null : await readOperation(bench, input.before);
    const found = await bench.store.history.operations({
      collection: bench.collection,
      limit: input.limit,
      ...(input.artifact === undefined
        ? {}
        : { artifact: formatArtifact(readArtifactArgument(input.artifact)) }),
      ...(before === null ? {} : { beforeSequence: before.sequence }),
    });
    const operations = await showOperations(bench, found);
    const last = operations.at(-1);
    const next = last !== undefined && found.length === input.limit ? [`stet log --before ${last.id}`] : [];
    return answer({ operations }, { notices: bench.notices, next });
  });
}

/** Operations as they are shown, each with what its commit says of the change. */
async function showOperations(
  bench: Workbench,
  operations: readonly Operation[],
): Promise<readonly ShownOperation[]> {
  return await Promise.all(operations.map((operation) => showOperation(bench, operation)));
}

export async function showOperation(bench: Workbench, operation: Operation): Promise<ShownOperation> {
  return shownOperation(operation, await commitMadeBy(bench, operation));
}
