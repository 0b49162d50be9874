import { createRoute } from "@hono/zod-openapi";
import { audit } from "../../app/audit.ts";
import { info } from "../../app/info.ts";
import { outdated } from "../../app/outdated.ts";
import { showUpdate } from "../../app/show-update.ts";
import { update } from "../../app/update.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { outcomeAnswer } from "../answers/outcome-answer.ts";
import { deepWithoutMachinePaths, withoutMachinePaths } from "../answers/without-machine-paths.ts";
import { artifactOf, callOf, withoutAbsent } from "../call.ts";
import type { Gateway, GatewayParts } from "../gateway-parts.ts";
import {
  auditSchema,
  updateListSchema,
  updateOutcomeSchema,
  updateReadSchema,
  updateRequestSchema,
  upstreamSchema,
} from "../schemas/update.ts";
import { nameParams, ok, refusals, takes, whichQuery, writeHeaders } from "./describe.ts";

const listRoute = createRoute({
  method: "get",
  path: "/api/updates",
  summary: "Every artifact of somebody else's, and what an update would bring; asks each source once",
  request: { query: whichQuery },
  responses: { 200: ok("also those that are current", updateListSchema), ...refusals },
});

const readRoute = createRoute({
  method: "get",
  path: "/api/updates/{kind}/{name}",
  summary: "What they changed, what was changed here, and what comes of both",
  request: { params: nameParams, query: whichQuery },
  responses: { 200: ok("file by file; nothing was written", updateReadSchema), ...refusals },
});

const updateRoute = createRoute({
  method: "post",
  path: "/api/updates",
  summary: "Take updates in, merged with what was changed here, as one operation",
  request: { query: whichQuery, headers: writeHeaders, body: takes(updateRequestSchema) },
  responses: { 200: ok("what was done, and what waits", updateOutcomeSchema), ...refusals },
});

const upstreamRoute = createRoute({
  method: "get",
  path: "/api/context/{kind}/{name}/upstream",
  summary: "Where it comes from, which version is here, and what was changed since",
  request: { params: nameParams, query: whichQuery },
  responses: { 200: ok("its source", upstreamSchema), ...refusals },
});

const auditRoute = createRoute({
  method: "get",
  path: "/api/audit",
  summary: "What artifacts of somebody else's hold, or would bring, that a person should see",
  request: { query: whichQuery },
  responses: { 200: ok("finding by finding", auditSchema), ...refusals },
});

/** Artifacts that somebody else publishes. */
export function updates(app: Gateway, parts: GatewayParts): void {
  // Why a source gives no answer may name folders of this machine. The lines of a finding are shown as they stand.
  const mask = withoutMachinePaths(parts.environment);
  const shown = <Row extends { readonly reason: string }>(row: Row) => ({ ...row, reason: mask(row.reason) });

  app.openapi(listRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { data } = await outdated(environment, options);
    return c.json({ items: data.updates.map(shown), next: null }, 200);
  });

  app.openapi(readRoute, async (c) => {
    const artifact = formatArtifact(artifactOf(c));
    const { environment, options } = await callOf(c, parts);
    const { update: row, ...files } = (await showUpdate(environment, { ...options, artifact })).data;
    return c.json({ update: shown(row), ...files }, 200);
  });

  app.openapi(updateRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { dry_run: dryRun, ...chosen } = c.req.valid("json");
    const updated = await update(environment, { ...options, ...withoutAbsent(chosen), dryRun });
    const { updates: rows, notices, ...outcome } = outcomeAnswer(updated);
    return c.json(
      { ...outcome, notices: deepWithoutMachinePaths(notices, mask), updates: rows.map(shown) },
      200,
    );
  });

  app.openapi(upstreamRoute, async (c) => {
    const artifact = formatArtifact(artifactOf(c));
    const { environment, options } = await callOf(c, parts);
    return c.json((await info(environment, { ...options, artifact })).data, 200);
  });

  app.openapi(auditRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { data, notices } = await audit(environment, options);
    return c.json({ items: data.findings, next: null, notices: deepWithoutMachinePaths(notices, mask) }, 200);
  });
}
