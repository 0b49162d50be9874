import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { StetError } from "../../domain/errors.ts";
import { isRecord, type KeyEdit } from "../../formats/format-value.ts";
import { tomlDocument } from "../../formats/toml-document.ts";
import { lockPlaces } from "../../workspace/lock.ts";
import { nodeDisk } from "../../workspace/node-disk.ts";
import type { Environment } from "../environment.ts";

/** Settings of the person, in `$STET_HOME/config.toml`, for all collections. */
const userSettingKeys = ["actor.name", "merge.tool"] as const;
export type UserSettingKey = (typeof userSettingKeys)[number];

export interface UserSettings {
  readonly values: Readonly<Partial<Record<UserSettingKey, string>>>;
  /** Why the file cannot be read; its settings then count as not set. */
  readonly problem: string | null;
}

function settingsFile({ storeFolder }: Environment): string {
  return join(storeFolder, "config.toml");
}

/** Reads the person's settings. A file that is damaged is a problem to report, never one to write over. */
export function userSettings(environment: Environment): UserSettings {
  const text = settingsText(environment);
  if (text === null) return { values: {}, problem: null };
  const { value, problem } = tomlDocument.parse(text);
  if (problem !== null) return { values: {}, problem: `line ${problem.line}: ${problem.message}` };
  const values: Partial<Record<UserSettingKey, string>> = {};
  for (const key of userSettingKeys) {
    const [table = "", name = ""] = key.split(".");
    const section = isRecord(value) ? value[table] : undefined;
    const found = isRecord(section) ? section[name] : undefined;
    if (typeof found === "string" && found !== "") values[key] = found;
  }
  return { values, problem: null };
}

/** A table of the person's settings file; empty where there is none or the file cannot be read. */
export function userSettingsTable(environment: Environment, name: string): Readonly<Record<string, unknown>> {
  const { value } = tomlDocument.parse(settingsText(environment) ?? "");
  const table = isRecord(value) ? value[name] : undefined;
  return isRecord(table) ? table : {};
}

/** Sets one of the person's settings, or unsets it, and touches nothing else in the file. Throws E-INVALID. */
export async function setUserSetting(
  environment: Environment,
  key: UserSettingKey,
  value: string | null,
): Promise<void> {
  await editUserSettings(environment, { path: key.split("."), value: value ?? undefined });
}

/** Edits one key of the person's settings file and touches nothing else in it. Throws E-INVALID. */
export async function editUserSettings(environment: Environment, edit: KeyEdit): Promise<void> {
  mkdirSync(environment.storeFolder, { recursive: true, mode: 0o700 });
  await using _lock = await lockSettings(environment);
  const edited = tomlDocument.edit(settingsText(environment) ?? "", [edit]);
  if (!edited.ok) throw damaged(settingsFile(environment), edited.problem.message);
  writeWhole(settingsFile(environment), edited.text);
}

/** Two processes that set a setting at once keep both: each reads what the other wrote. */
async function lockSettings(environment: Environment) {
  const { storeFolder, random, processId, host } = environment;
  return await lockPlaces({
    disk: nodeDisk({ platform: environment.platform }),
    places: [{ work: join(storeFolder, "work") }],
    holder: { processId, host, command: "stet config" },
    random,
  });
}

function settingsText(environment: Environment): string | null {
  try {
    return readFileSync(settingsFile(environment), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EACCES") return null;
    throw error;
  }
}

function writeWhole(path: string, text: string): void {
  const staged = `${path}.new`;
  const descriptor = openSync(staged, "w", 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(staged, path);
}

function damaged(where: string, why: string): StetError {
  return new StetError({
    code: "E-INVALID",
    what: "Your settings cannot be edited.",
    where,
    why,
    kept: "The file was left as it is.",
    fixes: [{ cmd: `$EDITOR ${where}`, summary: "mend it by hand" }],
  });
}
