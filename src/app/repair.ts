import { constants, copyFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { StetError } from "../domain/errors.ts";
import { hexOfBytes } from "../domain/hex.ts";
import type { ObjectId } from "../domain/ids.ts";
import type { ObjectSource } from "../snapshot/object-source.ts";
import type { StoreProblem } from "../store/history-store.ts";
import { openStore } from "../store/sqlite/open-store.ts";
import { repairStore } from "../store/sqlite/repair-store.ts";
import type { Store } from "../store/store.ts";
import { backupsOf } from "./backup.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer } from "./outcomes.ts";
import { lookAtProject } from "./targets/project-look.ts";
import { locateCollection } from "./workbench/locate.ts";
import { openUserStore } from "./workbench/workbench.ts";

export interface RepairData {
  /** False where there was nothing to repair. */
  readonly repaired: boolean;
  /** Rows that were saved, and those that could not be read, by table. */
  readonly tables: readonly { readonly table: string; readonly saved: number; readonly unreadable: number }[];
  /** Contents that were found again in backups, in the project's files or at a runtime, and those that were not. */
  readonly refilled: number;
  readonly lost: readonly ObjectId[];
  /** Where the damaged store lies now; nothing of it was thrown away. */
  readonly damaged: string | null;
  /** The backup that stands in for a store of which no operation could be read. */
  readonly fromBackup: string | null;
  /** What the store still lacks. */
  readonly problems: readonly StoreProblem[];
}

/**
 * Saves what is intact of a damaged store, fills in what backups and the files on disk still have, and says what
 * could not be saved. The damaged file stays beside the new one. Throws E-CONFIRM.
 */
export async function repair(environment: Environment, input: CallOptions = {}): Promise<Answer<RepairData>> {
  const problems = await problemsOf(environment);
  if (problems.length === 0) {
    const nothing = {
      repaired: false,
      tables: [],
      refilled: 0,
      lost: [],
      damaged: null,
      fromBackup: null,
      problems,
    };
    return answer(nothing, {
      notices: [{ code: "W-NOTHING", text: "The store is whole: nothing was repaired." }],
    });
  }
  await confirmRepair(input, problems.length);
  const backups = await openBackups(environment);
  try {
    const sources = [...backups.map((one) => one.history), ...(await projectSource(environment, input))];
    const { random } = environment;
    const file = join(environment.storeFolder, "store.db");
    const report = await repairStore({ file, random, sources });
    const isEmpty = report.tables.every(({ table, saved }) => table !== "operation" || saved === 0);
    const fromBackup = isEmpty ? await restoreNewestBackup(environment) : null;
    const data: RepairData = {
      repaired: true,
      tables: report.tables,
      refilled: report.refilled.length,
      lost: report.lost,
      damaged: report.damaged,
      fromBackup,
      problems: fromBackup === null ? report.verified.problems : await problemsOf(environment),
    };
    return answer(data, { next: ["stet verify", "stet status"] });
  } finally {
    for (const one of backups) await one.close();
  }
}

async function problemsOf(environment: Environment): Promise<readonly StoreProblem[]> {
  try {
    const store = await openUserStore(environment);
    try {
      return (await store.history.verify()).problems;
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof StetError) || error.code !== "E-STORE-DAMAGED") throw error;
    return [{ code: error.code, what: error.what, where: error.where }];
  }
}

/** A backup that does not open is no reason not to ask the others. */
async function openBackups(environment: Environment): Promise<readonly Store[]> {
  const { clock, random } = environment;
  const stores: Store[] = [];
  for (const { file } of backupsOf(environment)) {
    try {
      stores.push(await openStore({ file, clock, random, transport: "inline", readOnly: true }));
    } catch (error) {
      if (!(error instanceof StetError)) throw error;
    }
  }
  return stores;
}

/**
 * Puts the newest backup in place of a store in which nothing was left. What was changed since is on disk still,
 * and is captured by the next command.
 */
async function restoreNewestBackup(environment: Environment): Promise<string | null> {
  const { storeFolder, clock, random } = environment;
  const file = join(storeFolder, "store.db");
  for (const { file: backup } of backupsOf(environment)) {
    const staged = `${file}.${hexOfBytes(random(8))}.new`;
    try {
      copyFileSync(backup, staged, constants.COPYFILE_EXCL);
      const store = await openStore({ file: staged, clock, random, transport: "inline", adoptCopy: true });
      await store.close();
    } catch (error) {
      rmSync(staged, { force: true });
      if (error instanceof StetError) continue;
      throw error;
    }
    for (const suffix of ["-wal", "-shm"]) rmSync(file + suffix, { force: true });
    renameSync(staged, file);
    return backup;
  }
  return null;
}

async function projectSource(environment: Environment, input: CallOptions): Promise<readonly ObjectSource[]> {
  const located = await locateCollection(environment, input.scope ?? "project");
  if (located === null) return [];
  const { readBlob } = await lookAtProject(environment, located);
  // What lies on disk is asked for by its hash, so whatever the id was meant for, equal bytes are it.
  return [{ getMany: async (ids) => await Promise.all(ids.map(async (id) => await readBlob(id))) }];
}

async function confirmRepair(input: CallOptions, problems: number): Promise<void> {
  if (input.yes === true) return;
  const question = `Repair the store (${problems} problems)? The damaged file stays beside the new one.`;
  if (input.confirm !== undefined && (await input.confirm(question))) return;
  throw new StetError({
    code: "E-CONFIRM",
    what: "The store is repaired only after a confirmation.",
    where: "the store",
    why: `It has ${problems} problems, and no other process may use it meanwhile.`,
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet repair --yes", summary: "save what is intact; the damaged file is kept" }],
  });
}
