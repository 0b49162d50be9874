import { microsFromIso } from "../domain/clock.ts";
import { StetError } from "../domain/errors.ts";
import type { Operation } from "../domain/operations.ts";
import type { OperationQuery } from "../store/history-store.ts";
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

/** Which operations are wanted; joined by "and". */
export interface LogFilter {
  readonly path?: string;
  readonly actor?: string;
  readonly agent?: string;
  readonly model?: string;
  readonly kind?: string;
  /** In its message, its reason, its details or the paths that it changed; upper and lower case are one. */
  readonly text?: string;
  /** ISO 8601. */
  readonly since?: string;
  readonly until?: string;
}

export interface LogInput extends CallOptions, LogFilter {
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
    const query = { ...queryOf(input), ...(before === null ? {} : { beforeSequence: before.sequence }) };
    const wanted =
      input.artifact === undefined
        ? operationsBackward(bench, query)
        : artifactHistory(bench, readArtifactArgument(input.artifact), before?.sequence);
    const fits = filterOf(input);
    for await (const operation of wanted) {
      if (found.length >= input.limit) break;
      if (fits(operation)) found.push(operation);
    }
    const operations = await showOperations(bench, found);
    const last = operations.at(-1);
    const what = input.artifact === undefined ? "" : `${input.artifact} `;
    const isFull = last !== undefined && found.length === input.limit;
    const next = isFull ? [`stet log ${what}--before ${last.id}`] : [];
    return answer({ operations }, { notices: bench.notices, next });
  });
}

/** The part of a filter that the store answers by its indexes. */
function queryOf({ path, actor }: LogFilter): Pick<OperationQuery, "path" | "actorName"> {
  return { ...(path === undefined ? {} : { path }), ...(actor === undefined ? {} : { actorName: actor }) };
}

/** Throws E-USAGE for a time that is none. */
function filterOf(filter: LogFilter): (operation: Operation) => boolean {
  const { path, actor, agent, model, kind } = filter;
  const [since, until] = [timeOf(filter.since), timeOf(filter.until)];
  const text = filter.text?.toLowerCase();
  return (operation) =>
    (path === undefined || operation.changes.some((change) => change.path === path)) &&
    (actor === undefined || operation.actor.name === actor) &&
    (agent === undefined || operation.actor.agentId === agent) &&
    (model === undefined || operation.actor.modelId === model) &&
    (kind === undefined || operation.kind === kind) &&
    (since === undefined || operation.at >= since) &&
    (until === undefined || operation.at <= until) &&
    (text === undefined || wordsOf(operation).includes(text));
}

function wordsOf({ message, reason, details, changes }: Operation): string {
  const words = [message, reason, ...Object.values(details), ...changes.map(({ path }) => path)];
  return words.join("\n").toLowerCase();
}

function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = microsFromIso(text);
  if (time !== undefined) return time;
  throw new StetError({
    code: "E-USAGE",
    what: "That is not a time.",
    where: JSON.stringify(text),
    why: "Times are ISO 8601: 2026-11-22T14:02:00Z.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet log", summary: "see operations with their times" }],
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
