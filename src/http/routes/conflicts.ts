import { createRoute } from "@hono/zod-openapi";
import * as z from "zod";
import { listConflicts, showConflict } from "../../app/conflicts.ts";
import { openKeptConflict } from "../../app/open-kept.ts";
import { resolveConflict, type Settlement } from "../../app/resolve.ts";
import { outcomeAnswer } from "../answers/outcome-answer.ts";
import { callOf } from "../call.ts";
import type { Gateway, GatewayParts } from "../gateway-parts.ts";
import {
  conflictListSchema,
  conflictReadSchema,
  openConflictSchema,
  type ResolveConflict,
  resolveSchema,
} from "../schemas/conflict.ts";
import { changeOutcomeSchema } from "../schemas/operation.ts";
import { ok, refusals, takes, whichQuery, writeHeaders } from "./describe.ts";

const idParams = z.object({ id: z.string() });

const listRoute = createRoute({
  method: "get",
  path: "/api/conflicts",
  summary: "What waits to be settled",
  request: { query: whichQuery.extend({ all: z.enum(["true", "false"]).optional() }) },
  responses: { 200: ok("the conflicts", conflictListSchema), ...refusals },
});

const readRoute = createRoute({
  method: "get",
  path: "/api/conflicts/{id}",
  summary: "One conflict, as it asks now",
  request: { params: idParams, query: whichQuery },
  responses: { 200: ok("the conflict", conflictReadSchema), ...refusals },
});

const openRoute = createRoute({
  method: "post",
  path: "/api/conflicts",
  summary: "Leave a refused save for later, as a conflict that everybody sees",
  request: { query: whichQuery, headers: writeHeaders, body: takes(openConflictSchema) },
  responses: { 200: ok("opened", changeOutcomeSchema), ...refusals },
});

const resolveRoute = createRoute({
  method: "post",
  path: "/api/conflicts/{id}/resolve",
  summary: "Settle a conflict, or some of its spots; also that of a refused save",
  request: { params: idParams, query: whichQuery, headers: writeHeaders, body: takes(resolveSchema) },
  responses: { 200: ok("settled, or the choices kept", changeOutcomeSchema), ...refusals },
});

export function conflicts(app: Gateway, parts: GatewayParts): void {
  app.openapi(listRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const all = c.req.valid("query").all === "true";
    const { data } = await listConflicts(environment, { ...options, all });
    return c.json({ items: data.conflicts, next: null }, 200);
  });

  app.openapi(readRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    return c.json((await showConflict(environment, { ...options, id: c.req.valid("param").id })).data, 200);
  });

  app.openapi(openRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const input = { ...options, id: c.req.valid("json").id };
    return c.json(outcomeAnswer(await openKeptConflict(environment, input)), 200);
  });

  app.openapi(resolveRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { id } = c.req.valid("param");
    const settlement = settlementOf(c.req.valid("json"));
    const { recordAs: _own, ...opening } = options;
    // A save that was refused has a conflict that nobody opened yet.
    if (await isUnopened(environment, options, id)) await openKeptConflict(environment, { ...opening, id });
    return c.json(outcomeAnswer(await resolveConflict(environment, { ...options, id, settlement })), 200);
  });
}

type Call = Awaited<ReturnType<typeof callOf>>;

async function isUnopened(environment: Call["environment"], options: Call["options"], id: string) {
  const { data } = await listConflicts(environment, { ...options, all: true });
  return !data.conflicts.some((one) => one.id.startsWith(id));
}

function settlementOf(body: ResolveConflict): Settlement {
  if ("side" in body) return { by: "side", side: body.side, whole: body.whole ?? false };
  if ("units" in body) {
    return { by: "units", choices: new Map(body.units.map(({ number, choice }) => [number, choice])) };
  }
  if ("content" in body) return { by: "file", bytes: new TextEncoder().encode(body.content) };
  return { by: "itself" };
}
