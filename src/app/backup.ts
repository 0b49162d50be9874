import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { isoFromMicros, microsFromIso } from "../domain/clock.ts";
import { StetError } from "../domain/errors.ts";
import type { Store } from "../store/store.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { microsPerDay } from "./history/retention.ts";
import { type Answer, answer } from "./outcomes.ts";
import { maintenanceOf } from "./workbench/maintenance-of.ts";
import { openUserStore } from "./workbench/workbench.ts";

export interface BackupInput extends CallOptions {
  /** The file to make; by default one among the store's own backups. */
  readonly to?: string;
}

export interface BackupData {
  readonly file: string;
  readonly bytes: number;
}

/** Copies the whole store, as of one moment, into one file; others go on meanwhile. Throws E-EXISTS. */
export async function backup(environment: Environment, input: BackupInput = {}): Promise<Answer<BackupData>> {
  const store = await openUserStore(environment);
  try {
    if (input.to === undefined) {
      const file = await backupFor(environment, store, "manual");
      return answer({ file, bytes: statSync(file).size });
    }
    const file = resolve(environment.workingFolder, input.to);
    if (existsSync(file)) throw taken(file);
    return answer({ file, bytes: await maintenanceOf(store).backup(file) });
  } finally {
    await store.close();
  }
}

/** What a backup was made for; all but `manual` are rotated, the newest three of each. */
type BackupPurpose = "manual" | "daily" | "before-forget" | "before-repair";

const backupsKept = 3;
const namePattern = /^(manual|daily|before-forget|before-repair)-(.+)\.db$/;

/** Makes a backup among the store's own and, once it is whole, lets the oldest of its purpose go (BUGS S7). */
export async function backupFor(
  environment: Environment,
  store: Store,
  purpose: BackupPurpose,
): Promise<string> {
  const folder = backupFolder(environment);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${purpose}-${isoFromMicros(environment.clock.now()).replaceAll(":", "_")}.db`);
  await maintenanceOf(store).backup(file);
  if (purpose === "manual") return file;
  const ours = backupsOf(environment).filter((one) => one.purpose === purpose && one.file !== file);
  for (const old of ours.slice(backupsKept - 1)) rmSync(old.file, { force: true });
  return file;
}

interface FoundBackup {
  readonly file: string;
  readonly purpose: string;
  readonly at: number;
}

/** The store's own backups, newest first. */
export function backupsOf(environment: Environment): readonly FoundBackup[] {
  const folder = backupFolder(environment);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const [, purpose = "", time = ""] = namePattern.exec(name) ?? [];
      const at = microsFromIso(time.replaceAll("_", ":"));
      return at === undefined ? [] : [{ file: join(folder, name), purpose, at }];
    })
    .sort((one, other) => other.at - one.at);
}

/** One backup a day of use. A store that is not a day old has nothing yet that one could lose. */
export async function backupDaily(environment: Environment, store: Store): Promise<string | null> {
  if (store.maintenance === null) return null;
  const now = environment.clock.now();
  const newest = backupsOf(environment).find((one) => one.purpose === "daily");
  if (newest !== undefined && newest.at > now - microsPerDay) return null;
  const [older] = await store.history.operations({ until: now - microsPerDay, limit: 1 });
  return older === undefined ? null : await backupFor(environment, store, "daily");
}

function backupFolder({ storeFolder }: Environment): string {
  return join(storeFolder, "backups");
}

function taken(where: string): StetError {
  return new StetError({
    code: "E-EXISTS",
    what: "There is a file already where the backup should go.",
    where,
    why: "A backup never replaces anything.",
    kept: "Nothing was written.",
    fixes: [{ cmd: "stet backup", summary: "let stet choose a name of its own" }],
  });
}
