import { createRoute } from "@hono/zod-openapi";
import * as z from "zod";
import { dropDraft, listDrafts, putDraft } from "../../app/drafts.ts";
import { callOf } from "../call.ts";
import type { Gateway, GatewayParts } from "../gateway-parts.ts";
import { draftListSchema, draftSchema, putDraftSchema } from "../schemas/draft.ts";
import { ok, refusals, takes, whichQuery } from "./describe.ts";

const listRoute = createRoute({
  method: "get",
  path: "/api/drafts",
  summary: "What is being written, newest first",
  request: { query: whichQuery.extend({ artifact: z.string().optional() }) },
  responses: { 200: ok("the drafts", draftListSchema), ...refusals },
});

const putRoute = createRoute({
  method: "post",
  path: "/api/drafts",
  summary: "Keep a draft in the place of the one before it of the same client",
  request: { query: whichQuery, body: takes(putDraftSchema) },
  responses: { 200: ok("kept", draftSchema), ...refusals },
});

const dropRoute = createRoute({
  method: "delete",
  path: "/api/drafts",
  summary: "Discard a draft",
  request: { query: whichQuery.extend({ artifact: z.string(), client: z.string() }) },
  responses: { 200: ok("discarded", z.object({ dropped: z.literal(true) })), ...refusals },
});

export function drafts(app: Gateway, parts: GatewayParts): void {
  app.openapi(listRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { artifact } = c.req.valid("query");
    const { data } = await listDrafts(environment, {
      ...options,
      ...(artifact === undefined ? {} : { artifact }),
    });
    return c.json({ items: data.drafts, next: null }, 200);
  });

  app.openapi(putRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    return c.json((await putDraft(environment, { ...options, ...c.req.valid("json") })).data, 200);
  });

  app.openapi(dropRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { artifact, client } = c.req.valid("query");
    await dropDraft(environment, { ...options, artifact, client });
    return c.json({ dropped: true } as const, 200);
  });
}
