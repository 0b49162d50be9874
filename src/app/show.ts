import type { BlobId } from "../domain/ids.ts";
import type { Operation } from "../domain/operations.ts";
import { parsePath } from "../domain/paths.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { readOperation } from "./history/point.ts";
import { diffOfFile, type FileDiff } from "./history/text-diff.ts";
import { showOperation } from "./log.ts";
import { type Answer, answer, type ShownOperation } from "./outcomes.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";

export interface ShowInput extends CallOptions {
  /** An operation's id, or a prefix of it. */
  readonly id: string;
}

export interface ShowData {
  readonly operation: ShownOperation;
  readonly files: readonly FileDiff[];
}

/** One operation with the difference that it made. */
export async function show(environment: Environment, input: ShowInput): Promise<Answer<ShowData>> {
  return await reading(environment, input, async (bench) => {
    const found = await readOperation(bench, input.id);
    const operation = await showOperation(bench, found);
    const files = await filesOf(bench, found);
    return answer({ operation, files }, { notices: bench.notices, next: [`stet revert ${found.id}`] });
  });
}

async function filesOf(bench: Workbench, operation: Operation): Promise<readonly FileDiff[]> {
  const allowed = bench.allowedSecrets;
  const files: FileDiff[] = [];
  for (const { path, target, before, after } of operation.changes) {
    if (parsePath(path) === undefined) continue;
    const shown = target === null ? path : `${target}:${path}`;
    files.push(
      await diffOfFile(
        { path: shown, before: await side(bench, before?.blob), after: await side(bench, after?.blob) },
        allowed,
      ),
    );
  }
  return files;
}

/** A side whose bytes were pruned is shown as empty; `before` and `after` still name it. */
async function side(bench: Workbench, id: BlobId | undefined) {
  if (id === undefined) return null;
  return { id, bytes: (await bench.readBlob(id)) ?? new Uint8Array() };
}
