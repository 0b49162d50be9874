import { createRoute } from "@hono/zod-openapi";
import * as z from "zod";
import { log } from "../../app/log.ts";
import { show } from "../../app/show.ts";
import { redo, revert, undo } from "../../app/undo.ts";
import { outcomeAnswer } from "../answers/outcome-answer.ts";
import { pageQuery } from "../answers/page-of.ts";
import { callOf, withoutAbsent } from "../call.ts";
import type { Gateway, GatewayParts } from "../gateway-parts.ts";
import {
  changeOutcomeSchema,
  operationListSchema,
  operationReadSchema,
  undoSchema,
} from "../schemas/operation.ts";
import { listQuery, ok, refusals, takes, whichQuery, writeHeaders } from "./describe.ts";

const filters = z.object({
  artifact: z.string().optional().meta({ example: "skill/pdf" }),
  path: z.string().optional(),
  actor: z.string().optional(),
  agent: z.string().optional(),
  model: z.string().optional(),
  kind: z.string().optional().meta({ example: "save" }),
  text: z.string().optional().meta({ description: "in its message, reason, summary or paths" }),
  since: z.string().optional(),
  until: z.string().optional(),
});

const idParams = z.object({ id: z.string() });
const writes = { query: whichQuery, headers: writeHeaders };

const listRoute = createRoute({
  method: "get",
  path: "/api/operations",
  summary: "The log, newest first",
  request: { query: whichQuery.extend(listQuery.shape).extend(filters.shape) },
  responses: { 200: ok("a page of the log", operationListSchema), ...refusals },
});

const readRoute = createRoute({
  method: "get",
  path: "/api/operations/{id}",
  summary: "One operation with the difference that it made",
  request: { params: idParams, query: whichQuery },
  responses: { 200: ok("the operation", operationReadSchema), ...refusals },
});

const undoOneRoute = createRoute({
  method: "post",
  path: "/api/operations/{id}/undo",
  summary: "Take it back, and nothing that came after it",
  request: { params: idParams, ...writes, body: { ...takes(undoSchema), required: false } },
  responses: { 200: ok("taken back", changeOutcomeSchema), ...refusals },
});

const revertRoute = createRoute({
  method: "post",
  path: "/api/operations/{id}/revert",
  summary: "Take it back as a change of its own",
  request: { params: idParams, ...writes, body: { ...takes(undoSchema), required: false } },
  responses: { 200: ok("reverted", changeOutcomeSchema), ...refusals },
});

const undoRoute = createRoute({
  method: "post",
  path: "/api/undo",
  summary: "Take back the newest operation of this actor",
  request: { ...writes, body: { ...takes(undoSchema), required: false } },
  responses: { 200: ok("taken back", changeOutcomeSchema), ...refusals },
});

const redoRoute = createRoute({
  method: "post",
  path: "/api/redo",
  summary: "Bring back what was undone last",
  request: { ...writes, body: { ...takes(undoSchema), required: false } },
  responses: { 200: ok("brought back", changeOutcomeSchema), ...refusals },
});

/** The log, and taking back. */
export function operations(app: Gateway, parts: GatewayParts): void {
  app.openapi(listRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { limit: count, cursor, collection: _collection, scope: _scope, ...wanted } = c.req.valid("query");
    const { limit } = pageQuery(count, cursor);
    const before = cursor === undefined ? {} : { before: cursor };
    const { data } = await log(environment, { ...options, ...before, ...withoutAbsent(wanted), limit });
    const last = data.operations.at(-1);
    const next = last !== undefined && data.operations.length === limit ? last.id : null;
    return c.json({ items: data.operations, next }, 200);
  });

  app.openapi(readRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    return c.json((await show(environment, { ...options, id: c.req.valid("param").id })).data, 200);
  });

  app.openapi(undoOneRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { partial = false } = c.req.valid("json") ?? {};
    const input = { ...options, operation: c.req.valid("param").id, partial };
    return c.json(outcomeAnswer(await undo(environment, input)), 200);
  });

  app.openapi(revertRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { partial = false } = c.req.valid("json") ?? {};
    const input = { ...options, operation: c.req.valid("param").id, partial };
    return c.json(outcomeAnswer(await revert(environment, input)), 200);
  });

  app.openapi(undoRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { any = false, partial = false } = c.req.valid("json") ?? {};
    return c.json(outcomeAnswer(await undo(environment, { ...options, any, partial })), 200);
  });

  app.openapi(redoRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { any = false, partial = false } = c.req.valid("json") ?? {};
    return c.json(outcomeAnswer(await redo(environment, { ...options, any, partial })), 200);
  });
}
