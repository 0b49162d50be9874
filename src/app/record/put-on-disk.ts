import { StetError } from "../../domain/errors.ts";
import type { ObjectId } from "../../domain/ids.ts";
import type { LocalBatch } from "../../store/checkout-store.ts";
import type { WriteBatch, WriteOutcome } from "../../store/history-store.ts";
import type { DiskChange } from "../../workspace/disk-change.ts";
import { stopIfInterrupted } from "../../workspace/interruption.ts";
import { joinLocal } from "../../workspace/journal.ts";
import { performDiskOperation } from "../../workspace/write-files.ts";
import { artifactKey } from "../history/artifact-key.ts";
import type { Workbench } from "../workbench/workbench.ts";

interface Put {
  readonly batches: readonly WriteBatch[];
  readonly local: readonly LocalBatch[];
  readonly changes: readonly DiskChange[];
}

/**
 * Writes batches, whole, and puts their files in place; without files, it is one transaction of the store.
 * Throws E-STALE where a file or the ref is not what the change was planned on, and E-IO where it was taken back.
 */
export async function putOnDisk(bench: Workbench, put: Put): Promise<void> {
  const { batches, changes } = put;
  const local = put.local.reduce(joinLocal);
  const { interrupt } = bench.environment;
  if (changes.length === 0) {
    await stopIfInterrupted(interrupt);
    const { outcomes } = await bench.store.write(batches, { local, whole: true });
    for (const outcome of outcomes) requireDone(outcome);
    return;
  }
  const given = new Map<ObjectId, Uint8Array>(
    batches.flatMap(({ objects }) => objects.map(({ id, bytes }) => [id, bytes] as const)),
  );
  const outcome = await performDiskOperation({
    store: bench.store,
    disk: bench.disk,
    clock: bench.environment.clock,
    random: bench.environment.random,
    lock: bench.lock,
    artifactOf: (_place, path) => artifactKey(path),
    batches,
    local,
    changes,
    interrupt,
    readBlobs: async (ids) => {
      const stored = await bench.store.history.getMany(ids.filter((id) => !given.has(id)));
      let next = 0;
      return ids.map((id) => given.get(id) ?? stored[next++]);
    },
  });
  switch (outcome.status) {
    case "done":
      for (const { path } of outcome.raced) {
        bench.notice("W-RACED", `${path}: another program wrote it at the same moment; its version is kept`);
      }
      return;
    case "moved":
      for (const file of outcome.files) if (file.why === "blocked") throw blocked(file.path);
      throw stale(
        outcome.files.map((file) => file.path).join(", "),
        "It was changed on disk in the meantime.",
      );
    case "stale":
      for (const one of outcome.outcomes) requireDone(one);
      return;
    case "reverted":
      throw takenBack(outcome.why, outcome.by, outcome.stuck);
  }
}

function requireDone(outcome: WriteOutcome): void {
  switch (outcome.status) {
    case "done":
      return;
    case "stale":
      throw stale(outcome.move.name, "Another writer moved it in the meantime.");
    case "incomplete":
      throw new StetError({
        code: "E-OBJECT-MISSING",
        what: "The change refers to something that the store does not have.",
        where: outcome.missing.slice(0, 3).join(", "),
        why: "A version without everything that it refers to is never recorded (P3).",
        kept: "Nothing was written.",
        fixes: [{ cmd: "stet verify", summary: "check the store" }],
      });
    case "withdrawn":
      return;
    case "refused":
      throw new StetError({
        code: "E-INVALID",
        what: "The store refused the change.",
        where: "store",
        why: outcome.why,
        kept: "Nothing was written.",
        fixes: [{ cmd: "stet verify", summary: "check the store" }],
      });
  }
}

function stale(where: string, why: string): StetError {
  return new StetError({
    code: "E-STALE",
    what: "What the change was planned on is no longer there.",
    where,
    why,
    kept: "Nothing was replaced; what was found on disk is captured with the next command.",
    fixes: [{ cmd: "stet status", summary: "see where things stand, then try again" }],
  });
}

function blocked(path: string): StetError {
  return new StetError({
    code: "E-UNREADABLE",
    what: "Something lies there that stet must not replace.",
    where: path,
    why: "It cannot be kept first: it is ignored, unreadable, a folder, or a link out of its root.",
    kept: "Nothing was written.",
    fixes: [{ cmd: "stet status", summary: "see what is blocked, and why" }],
  });
}

function takenBack(why: string, operation: string, stuck: readonly string[]): StetError {
  return new StetError({
    code: stuck.length > 0 ? "E-STUCK" : "E-IO",
    what: "The files could not be put in place, so the change was taken back.",
    where: stuck.length > 0 ? stuck.join(", ") : operation,
    why,
    kept:
      stuck.length > 0
        ? `All but ${stuck.length} files are as they were; every version is in history (${operation}).`
        : `Everything is as it was before; the attempt and its reversal are on record (${operation}).`,
    fixes: [
      { cmd: "stet status", summary: "see where things stand" },
      { cmd: "stet repair", summary: "try again to finish what is stuck" },
    ],
  });
}
