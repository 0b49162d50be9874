import { StetError } from "../domain/errors.ts";
import type { FormatValue } from "../formats/format-value.ts";
import { parseTargetId, targetId } from "../runtimes/placement/target.ts";
import { runtimes } from "../runtimes/table/table.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer, type ChangeOutcome, nothingChanged } from "./outcomes.ts";
import { collectionFile, editCollectionFile } from "./workbench/edit-collection-file.ts";
import { locateCollection } from "./workbench/locate.ts";
import { reading } from "./workbench/reading.ts";
import {
  readSettingValue,
  type Setting,
  settingNamed,
  settings,
  shownSetting,
} from "./workbench/setting-keys.ts";
import { setUserSetting, userSettings } from "./workbench/user-settings.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface ShownSetting {
  readonly key: string;
  /** Null where it is not set. Several values are joined by a comma. */
  readonly value: string | null;
  /** `collection`: `collection.toml`, shared with everybody; `user`: your own, for all collections. */
  readonly where: "collection" | "user";
  readonly summary: string;
}

/** All settings with their values. Outside a collection, only the person's own. */
export async function listSettings(
  environment: Environment,
  input: CallOptions = {},
): Promise<Answer<{ readonly settings: readonly ShownSetting[] }>> {
  const own = settings.filter((one) => one.where === "user").map((one) => ownSetting(environment, one));
  if ((await locateCollection(environment, input.scope ?? "project")) === null)
    return answer({ settings: own }, { next: ["stet init"] });
  return await reading(environment, input, async (bench) => {
    const file = await collectionFile(bench);
    const ofCollection = settings
      .filter((one) => one.where === "collection")
      .map((one) => shown(one, shownSetting(one, file)));
    return answer({ settings: [...ofCollection, ...own] }, { notices: bench.notices });
  });
}

/** One setting. Throws E-NOT-FOUND for a key that there is not. */
export async function getSetting(
  environment: Environment,
  input: CallOptions & { readonly key: string },
): Promise<Answer<ShownSetting>> {
  const setting = settingNamed(input.key);
  if (setting.where === "user") return answer(ownSetting(environment, setting));
  return await reading(environment, input, async (bench) => {
    const value = shownSetting(setting, await collectionFile(bench));
    return answer(shown(setting, value), { notices: bench.notices });
  });
}

export interface SetSettingInput extends CallOptions {
  readonly key: string;
  /** Null unsets it. */
  readonly value: string | null;
}

/**
 * Sets or unsets a setting; comments and everything else in its file stay. One of the collection is an operation
 * that undo takes back. Throws E-NOT-FOUND and E-INVALID.
 */
export async function setSetting(
  environment: Environment,
  input: SetSettingInput,
): Promise<Answer<ChangeOutcome>> {
  const setting = settingNamed(input.key);
  const value = input.value === null ? null : readSettingValue(setting, input.value);
  if (setting.where === "user") {
    await setUserSetting(environment, setting.key, input.value);
    return answer(nothingChanged, { next: [`stet config get ${setting.key}`] });
  }
  if (setting.isRequired && value === null) throw required(setting.key);
  return await writing(environment, input, async (bench) => {
    const path = setting.key.split(".");
    const outcome = await editCollectionFile(bench, [{ path, value: value ?? undefined }], {
      reason: input.claims?.reason ?? null,
      details: { set: setting.key, value: input.value ?? "" },
    });
    return answerFor(bench, outcome, ["stet undo"]);
  });
}

/** Carries the collection to one more target: a runtime, or a target in full. Throws E-NOT-FOUND and E-UNTRUSTED. */
export async function addTarget(
  environment: Environment,
  input: CallOptions & { readonly target: string },
): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, input, async (bench) => {
    const target = targetNamed(bench, input.target);
    const { targets } = await collectionFile(bench);
    if (targets.includes(target)) return answerFor(bench, nothingNew(bench, target, "already"), []);
    const outcome = await setTargets(bench, [...targets, target], { added: target }, input);
    return answerFor(bench, outcome, ["stet sync", "stet undo"]);
  });
}

/** Ends carrying the collection to a target. Its files stay there as they are. */
export async function removeTarget(
  environment: Environment,
  input: CallOptions & { readonly target: string },
): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, input, async (bench) => {
    const { targets } = await collectionFile(bench);
    const found = targets.filter((id) => id === input.target || id.split(":")[0] === input.target);
    if (found.length === 0) return answerFor(bench, nothingNew(bench, input.target, "not"), []);
    const rest = targets.filter((id) => !found.includes(id));
    const outcome = await setTargets(bench, rest, { removed: found.join(", ") }, input);
    bench.notice("W-LEFT", `The files at ${found.join(", ")} stay as they are.`);
    return answerFor(bench, outcome, ["stet undo"]);
  });
}

async function setTargets(
  bench: Workbench,
  targets: readonly string[],
  details: Readonly<Record<string, string>>,
  input: CallOptions,
): Promise<ChangeOutcome> {
  const value: FormatValue = [...targets];
  const reason = input.claims?.reason ?? null;
  return await editCollectionFile(bench, [{ path: ["targets"], value }], { reason, details });
}

/** A project's collection is carried to targets in the project only, that of the user to those of the user. */
function targetNamed(bench: Workbench, text: string): string {
  const scope = bench.located.scope === "user" ? "user" : "project";
  const target = parseTargetId(text.includes(":") ? text : `${text}:${scope}`);
  if (target === undefined) {
    throw new StetError({
      code: "E-NOT-FOUND",
      what: "No runtime of that name is known.",
      where: text,
      why: `Known are ${runtimes.map((one) => one.id).join(", ")}.`,
      kept: "Nothing was changed.",
      fixes: runtimes.map((one) => ({ cmd: `stet config add-target ${one.id}`, summary: one.title })),
    });
  }
  if (target.scope === scope) return targetId(target);
  throw new StetError({
    code: "E-UNTRUSTED",
    what: "That target lies outside the collection's scope.",
    where: text,
    why: `This collection is of the scope ${scope}, and its file is followed by everybody who has it.`,
    kept: "Nothing was changed.",
    fixes: [
      { cmd: `stet config add-target ${target.runtime.id}:${scope}`, summary: `carry it to the ${scope}` },
    ],
  });
}

function nothingNew(bench: Workbench, target: string, how: "already" | "not"): ChangeOutcome {
  bench.notice("W-NOTHING", `The collection is ${how} carried to ${target}.`);
  return nothingChanged;
}

function answerFor(bench: Workbench, outcome: ChangeOutcome, next: readonly string[]): Answer<ChangeOutcome> {
  return answer(outcome, { notices: bench.notices, next: outcome.operation === null ? [] : next });
}

function ownSetting(environment: Environment, setting: Setting): ShownSetting {
  const { values } = userSettings(environment);
  return shown(setting, setting.where === "user" ? (values[setting.key] ?? null) : null);
}

function shown({ key, where, summary }: Setting, value: string | null): ShownSetting {
  return { key, value, where, summary };
}

function required(key: string): StetError {
  return new StetError({
    code: "E-INVALID",
    what: "That setting cannot be unset.",
    where: key,
    why: "A collection always has one.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: `stet config set ${key} <value>`, summary: "give it another value" }],
  });
}
