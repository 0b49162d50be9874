import { createHash } from "node:crypto";
import { createRoute } from "@hono/zod-openapi";
import { addTarget, listSettings, removeTarget, type ShownSetting, setSetting } from "../../app/config.ts";
import { servedCollection } from "../../app/served-collection.ts";
import { StetError } from "../../domain/errors.ts";
import { callOf } from "../call.ts";
import type { Gateway, GatewayParts } from "../gateway-parts.ts";
import {
  putSettingsSchema,
  putSyncSettingsSchema,
  settingListSchema,
  syncSettingsSchema,
} from "../schemas/setting.ts";
import { ok, refusals, takes, whichQuery, writeHeaders } from "./describe.ts";

const listRoute = createRoute({
  method: "get",
  path: "/api/settings",
  summary: "All settings with their values, and the version that they make together",
  request: { query: whichQuery },
  responses: { 200: ok("the settings", settingListSchema), ...refusals },
});

const setRoute = createRoute({
  method: "post",
  path: "/api/settings",
  summary: "Set or unset settings; with `base`, only if they are as they were shown",
  request: { query: whichQuery, headers: writeHeaders, body: takes(putSettingsSchema) },
  responses: { 200: ok("the settings as they are now", settingListSchema), ...refusals },
});

const targetsRoute = createRoute({
  method: "get",
  path: "/api/settings/sync",
  summary: "The targets that the collection is carried to",
  request: { query: whichQuery },
  responses: { 200: ok("the targets, and their version", syncSettingsSchema), ...refusals },
});

const setTargetsRoute = createRoute({
  method: "post",
  path: "/api/settings/sync",
  summary: "Carry the collection to these targets and no others; files at targets stay as they are",
  request: { query: whichQuery, headers: writeHeaders, body: takes(putSyncSettingsSchema) },
  responses: { 200: ok("the targets as they are now", syncSettingsSchema), ...refusals },
});

/** The targets as settings. */
export function syncSettings(app: Gateway, parts: GatewayParts): void {
  app.openapi(targetsRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    return c.json(shownTargets((await servedCollection(environment, options)).data.targets), 200);
  });

  app.openapi(setTargetsRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { targets, base } = c.req.valid("json");
    const present = (await servedCollection(environment, options)).data.targets;
    const { version } = shownTargets(present);
    if (base !== undefined && base !== version) throw changedSince(version);
    const { recordAs: _own, ...each } = options;
    for (const target of targets) {
      if (!present.includes(target)) await addTarget(environment, { ...each, target });
    }
    for (const target of present) {
      if (!targets.includes(target)) await removeTarget(environment, { ...each, target });
    }
    return c.json(shownTargets((await servedCollection(environment, options)).data.targets), 200);
  });
}

function shownTargets(targets: readonly string[]) {
  return { targets, version: versionOf(targets) };
}

export function settings(app: Gateway, parts: GatewayParts): void {
  app.openapi(listRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    return c.json(shownSettings((await listSettings(environment, options)).data.settings), 200);
  });

  app.openapi(setRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { set, base } = c.req.valid("json");
    const before = shownSettings((await listSettings(environment, options)).data.settings);
    if (base !== undefined && base !== before.version) throw changedSince(before.version);
    const { recordAs: _own, ...each } = options;
    for (const [key, value] of Object.entries(set)) await setSetting(environment, { ...each, key, value });
    return c.json(shownSettings((await listSettings(environment, options)).data.settings), 200);
  });
}

function shownSettings(all: readonly ShownSetting[]) {
  const items = all.map(({ key, value, where, summary }) => ({ key, value, where, summary }));
  return { items, next: null, version: versionOf(items.map(({ key, value }) => [key, value])) };
}

function versionOf(value: unknown): string {
  return `sha256:${createHash("sha256").update(JSON.stringify(value)).digest("hex")}`;
}

function changedSince(version: string): StetError {
  return new StetError({
    code: "E-CONFLICT",
    what: "The settings were changed since they were shown.",
    where: "settings",
    why: `They make the version ${version} now.`,
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet config", summary: "see them as they are" }],
  });
}
