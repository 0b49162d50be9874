import { type CollectionFile, updateStrategies } from "../../collections/collection-file.ts";
import { mergePolicyNames } from "../../collections/merge-policies.ts";
import { StetError } from "../../domain/errors.ts";
import type { FormatValue } from "../../formats/format-value.ts";
import { parseTargetId } from "../../runtimes/placement/target.ts";
import { onDropPolicies } from "../../runtimes/placement/target-rules.ts";
import type { UserSettingKey } from "./user-settings.ts";

/**
 * What a setting holds: one line of text, a whole number from 1, yes or no, one word of several, targets of the
 * collection parted by commas, or a list with commands of its own.
 */
type SettingKind = "text" | "count" | "flag" | "policy" | "drop" | "targets" | "list";

interface CollectionSetting {
  readonly where: "collection";
  readonly key: string;
  readonly kind: SettingKind;
  readonly isRequired: boolean;
  readonly summary: string;
  readonly read: (file: CollectionFile) => string | number | boolean | undefined;
}

interface UserSetting {
  readonly where: "user";
  readonly key: UserSettingKey;
  readonly kind: "text";
  readonly isRequired: false;
  readonly summary: string;
}

export type Setting = CollectionSetting | UserSetting;

/** Every setting that there is. The key is also the path in its file. */
export const settings: readonly Setting[] = [
  collection("name", "text", "the collection's name", (file) => file.name, true),
  collection(
    "targets",
    "list",
    "where it is carried to: stet config add-target, remove-target",
    (file) => file.targets.join(", "),
    true,
  ),
  collection(
    "on-drop",
    "drop",
    `when a target cannot express a field: ${onDropPolicies.join(", ")}`,
    (file) => file.carrying?.onDrop,
  ),
  collection(
    "as-skill",
    "targets",
    "targets without commands, where commands are written as skills",
    (file) => file.carrying?.asSkill.join(", "),
  ),
  collection("auto-sync", "targets", "targets that a watch brings up to date by itself", (file) =>
    file.carrying?.autoSync.join(", "),
  ),
  collection(
    "retention.keep-last",
    "count",
    "how many of the newest versions are never pruned",
    (file) => file.retention?.keepLast,
  ),
  collection(
    "retention.keep-within-days",
    "count",
    "days in which every version is kept",
    (file) => file.retention?.keepWithinDays,
  ),
  collection(
    "retention.hourly-within-days",
    "count",
    "days in which the last version of each hour is kept",
    (file) => file.retention?.hourlyWithinDays,
  ),
  collection(
    "retention.daily-within-days",
    "count",
    "days in which the last version of each day is kept",
    (file) => file.retention?.dailyWithinDays,
  ),
  collection(
    "retention.automatic",
    "flag",
    "whether saves prune by themselves, by these rules",
    (file) => file.retention?.automatic,
  ),
  collection(
    "merge.policy",
    "policy",
    `what becomes of overlaps: ${mergePolicyNames.join(", ")}`,
    (file) => file.merge?.policy,
  ),
  collection(
    "updates.strategy",
    "text",
    `how updates of third-party artifacts meet edits made here: ${updateStrategies.join(", ")}`,
    (file) => file.updates?.strategy,
  ),
  collection(
    "updates.cool-down-days",
    "count",
    "days that a new version of a third-party artifact waits",
    (file) => file.updates?.coolDownDays,
  ),
  own("actor.name", "what you are called in the log"),
  own("merge.tool", "the program that opens conflicts"),
];

function collection(
  key: string,
  kind: SettingKind,
  summary: string,
  read: CollectionSetting["read"],
  isRequired = false,
): CollectionSetting {
  return { where: "collection", key, kind, summary, read, isRequired };
}

function own(key: UserSettingKey, summary: string): UserSetting {
  return { where: "user", key, kind: "text", summary, isRequired: false };
}

/** The setting of that key. Throws E-NOT-FOUND with those that there are. */
export function settingNamed(key: string): Setting {
  const found = settings.find((one) => one.key === key);
  if (found !== undefined) return found;
  throw new StetError({
    code: "E-NOT-FOUND",
    what: "There is no such setting.",
    where: JSON.stringify(key),
    why: `Settings are ${settings.map((one) => one.key).join(", ")}.`,
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet config", summary: "see the settings with their values" }],
  });
}

export function shownSetting(setting: Setting, file: CollectionFile): string | null {
  const value = setting.where === "collection" ? setting.read(file) : undefined;
  return value === undefined || value === "" ? null : String(value);
}

const textCharactersMax = 200;

/** Reads a value as it is typed. Throws E-INVALID where the setting cannot hold it. */
export function readSettingValue(setting: Setting, text: string): FormatValue {
  switch (setting.kind) {
    case "text": {
      const isLine = text.trim() !== "" && text.length <= textCharactersMax && !/\p{Cc}/u.test(text);
      if (isLine) return text;
      throw invalidValue(setting, text, `It is one line of at most ${textCharactersMax} characters.`);
    }
    case "count":
      if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
      throw invalidValue(setting, text, "It is a whole number from 1.");
    case "flag":
      if (text === "true" || text === "false") return text === "true";
      throw invalidValue(setting, text, "It is true or false.");
    case "policy":
      if (mergePolicyNames.some((name) => name === text)) return text;
      throw invalidValue(setting, text, `It is one of ${mergePolicyNames.join(", ")}.`);
    case "drop":
      if (onDropPolicies.some((name) => name === text)) return text;
      throw invalidValue(setting, text, `It is one of ${onDropPolicies.join(", ")}.`);
    case "targets": {
      const targets = text.split(",").map((one) => one.trim());
      if (targets.every((one) => parseTargetId(one) !== undefined)) return [...new Set(targets)];
      throw invalidValue(
        setting,
        text,
        "It is targets in full, parted by commas: codex:project, cursor:project.",
      );
    }
    case "list":
      throw invalidValue(setting, text, "Its entries are added and removed one by one.");
  }
}

function invalidValue({ key, kind, summary }: Setting, text: string, why: string): StetError {
  const cmd = kind === "list" ? "stet config add-target <runtime>" : `stet config set ${key} <value>`;
  return new StetError({
    code: "E-INVALID",
    what: `That is no value for ${key}.`,
    where: JSON.stringify(text),
    why,
    kept: "Nothing was changed.",
    fixes: [{ cmd, summary }],
  });
}
