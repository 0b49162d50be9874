import { StetError } from "../domain/errors.ts";
import type { BlobId, OperationId } from "../domain/ids.ts";
import { randomId } from "../domain/ids.ts";
import { readEntries } from "../snapshot/read-snapshot.ts";
import { backupFor, backupsOf } from "./backup.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Condemned, condemned } from "./history/condemned.ts";
import { type Answer, answer } from "./outcomes.ts";
import { branchHeads } from "./record/branch-heads.ts";
import { lookAtTargets } from "./targets/targets.ts";
import { maintenanceOf } from "./workbench/maintenance-of.ts";
import { snapshotOf } from "./workbench/present.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface ForgetInput extends CallOptions {
  /**
   * A finding's fingerprint (every version that holds that secret, and every message), a file as it was
   * (`skill/pdf:path@<id|time>`), the id of a blob, or that of an operation (its words).
   */
  readonly what: string;
  /** The same once more, typed by a person who means it. `yes` does not stand for it. */
  readonly typed?: string;
}

/** A place that `forget` cannot reach, and what would have to be done there. */
export interface Unreachable {
  readonly what: string;
  readonly advice: string;
}

export interface ForgetData {
  readonly operation: OperationId;
  /** Contents that are gone; their ids, and every record that names them, stay. */
  readonly objects: number;
  readonly unreachable: readonly Unreachable[];
}

/**
 * Removes content for good: the one act that undo does not take back. Throws E-CONFIRM until it is typed once
 * more, E-NOT-FOUND, and E-CONFLICT for what a branch still holds.
 */
export async function forget(environment: Environment, input: ForgetInput): Promise<Answer<ForgetData>> {
  return await writing(environment, input, async (bench) => {
    const found = await condemned(bench, input.what);
    await requireNotPresent(bench, found.blobs, input.what);
    requireTyped(input, found);
    const maintenance = maintenanceOf(bench.store);
    await backupFor(environment, bench.store, "before-forget");
    const { operation, objects } = await maintenance.forget({
      operation: {
        id: randomId("operation", environment.random(20)),
        collections: [bench.collection],
        actor: bench.actor,
        kind: "forget",
        reason: input.claims?.reason ?? null,
        message: null,
        refs: [],
        changes: [],
        undoes: null,
        group: null,
        details: {},
      },
      blobs: found.blobs,
      wordsOfCommits: found.commits,
      wordsOfOperations: found.operations,
      wordsOfConflicts: found.conflicts,
    });
    const unreachable = await unreachableOf(bench, found.blobs);
    bench.notice(
      "W-FORGET",
      "If it was a secret, change it at its issuer: whoever read it before has it still.",
    );
    return answer(
      { operation: operation.id, objects, unreachable },
      { notices: bench.notices, next: ["stet verify"] },
    );
  });
}

/** What stands on a branch would be missing with the next look at it: it has to go from there first. */
async function requireNotPresent(bench: Workbench, blobs: readonly BlobId[], what: string): Promise<void> {
  const wanted = new Set(blobs);
  for (const { name, commit } of await branchHeads(bench)) {
    const entries = await readEntries(bench.store.history, await snapshotOf(bench.store, commit));
    for (const [path, { blob }] of entries) {
      if (!wanted.has(blob)) continue;
      throw new StetError({
        code: "E-CONFLICT",
        what: "It stands in the present version, so it cannot be forgotten yet.",
        where: `${path} on ${name}`,
        why: "A branch without a part of its files could be neither read nor restored.",
        kept: "Nothing was forgotten.",
        fixes: [
          { cmd: "stet edit <artifact>", summary: "take it out of the text first" },
          { cmd: `stet forget ${what}`, summary: "then forget the versions that had it" },
        ],
      });
    }
  }
}

function requireTyped(input: ForgetInput, found: Condemned): void {
  if (input.typed === input.what) return;
  const words = found.commits.length + found.operations.length + found.conflicts.length;
  throw new StetError({
    code: "E-CONFIRM",
    what: "Nothing is forgotten before it is typed once more.",
    where: input.what,
    why: `It would remove ${found.blobs.length} contents and the words of ${words} records for good; undo does not bring them back. A leaked secret is changed at its issuer first.`,
    kept: "Nothing was forgotten.",
    fixes: [{ cmd: `stet forget ${input.what} --type ${input.what}`, summary: "forget it for good" }],
  });
}

async function unreachableOf(bench: Workbench, blobs: readonly BlobId[]): Promise<readonly Unreachable[]> {
  const wanted = new Set(blobs);
  const copies: Unreachable[] = [];
  for (const { id, scan } of await lookAtTargets(bench)) {
    for (const [path, { entry }] of scan.files) {
      if (wanted.has(entry.blob))
        copies.push({
          what: `${id}:${path}`,
          advice: "A runtime's copy holds it: edit or remove that file.",
        });
    }
  }
  const backups = backupsOf(bench.environment).map(({ file }) => ({
    what: file,
    advice: "A backup holds what the store held then: remove it once the store is verified.",
  }));
  const git = { what: "git", advice: "If the file was committed, its history has it: see git filter-repo." };
  const others = {
    what: "other machines",
    advice: "Packs and copies of this store keep it until it is forgotten there.",
  };
  return [...copies, ...backups, git, others];
}
