import type { Operation } from "../domain/operations.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { readArtifactArgument } from "./history/artifact-argument.ts";
import { artifactHistory } from "./history/artifact-history.ts";
import { commitMadeBy } from "./history/commit-made.ts";
import { operationsBackward } from "./history/operations-backward.ts";
import { readOperation } from "./history/point.ts";
import { shownOperation } from "./history/shown.ts";
import { type Answer, answer, type ShownOperation } from "./outcomes.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";

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
    const found: Operation[] = [];
    const wanted =
      input.artifact === undefined
        ? operationsBackward(bench, before === null ? {} : { beforeSequence: before.sequence })
        : artifactHistory(bench, readArtifactArgument(input.artifact), before?.sequence);
    for await (const operation of wanted) {
      if (found.length >= input.limit) break;
      found.push(operation);
    }
    const operations = await showOperations(bench, found);
    const last = operations.at(-1);
    const what = input.artifact === undefined ? "" : `${input.artifact} `;
    const isFull = last !== undefined && found.length === input.limit;
    const next = isFull ? [`stet log ${what}--before ${last.id}`] : [];
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
