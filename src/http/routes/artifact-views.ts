import { createRoute } from "@hono/zod-openapi";
import * as z from "zod";
import { cat } from "../../app/cat.ts";
import { diff } from "../../app/diff.ts";
import { log } from "../../app/log.ts";
import { renderArtifact } from "../../app/render-artifact.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { pageQuery } from "../answers/page-of.ts";
import { artifactOf, callOf } from "../call.ts";
import type { Gateway, GatewayParts } from "../gateway-parts.ts";
import { diffSchema, renderedSchema, targetStateSchema } from "../schemas/artifact.ts";
import { operationListSchema } from "../schemas/operation.ts";
import { listQuery, nameParams, ok, refusals, whichQuery } from "./describe.ts";

const diffRoute = createRoute({
  method: "get",
  path: "/api/context/{kind}/{name}/diff",
  summary: "What differs between two points of its history, or between it and a target",
  request: {
    params: nameParams,
    query: whichQuery.extend({
      from: z.string().optional(),
      to: z.string().optional(),
      target: z.string().optional(),
    }),
  },
  responses: { 200: ok("one entry for each file that differs", diffSchema), ...refusals },
});

const renderedRoute = createRoute({
  method: "get",
  path: "/api/context/{kind}/{name}/rendered",
  summary: "What each runtime would get, with the fields that it drops named",
  request: { params: nameParams, query: whichQuery },
  responses: { 200: ok("one entry for each target", renderedSchema), ...refusals },
});

const historyRoute = createRoute({
  method: "get",
  path: "/api/context/{kind}/{name}/history",
  summary: "Its operations, newest first, also under earlier names",
  request: { params: nameParams, query: whichQuery.extend(listQuery.shape) },
  responses: { 200: ok("a page of the history", operationListSchema), ...refusals },
});

/** What is to be seen of one artifact beside its text. */
export function artifactViews(app: Gateway, parts: GatewayParts): void {
  app.openapi(diffRoute, async (c) => {
    const artifact = artifactOf(c);
    const { environment, options } = await callOf(c, parts);
    const { from, to, target } = c.req.valid("query");
    const { data } = await diff(environment, {
      ...options,
      artifact: formatArtifact(artifact),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(target === undefined ? {} : { target }),
    });
    return c.json({ items: data.files, next: null }, 200);
  });

  app.openapi(renderedRoute, async (c) => {
    const artifact = artifactOf(c);
    const { environment, options } = await callOf(c, parts);
    const { data } = await renderArtifact(environment, { ...options, artifact });
    const items = data.map((one) => ({ ...one, state: targetStateSchema.shape.state.parse(one.state) }));
    return c.json({ items, next: null }, 200);
  });

  app.openapi(historyRoute, async (c) => {
    const artifact = artifactOf(c);
    const { environment, options } = await callOf(c, parts);
    const query = c.req.valid("query");
    const { limit, cursor } = pageQuery(query.limit, query.cursor);
    const { data } = await log(environment, {
      ...options,
      artifact: formatArtifact(artifact),
      limit,
      ...(cursor === undefined ? {} : { before: cursor }),
    });
    const last = data.operations.at(-1);
    const next = last !== undefined && data.operations.length === limit ? last.id : null;
    return c.json({ items: data.operations, next }, 200);
  });

  app.get("/api/context/:kind/:name/files/*", async (c) => {
    const artifact = artifactOf(c);
    const { environment, options } = await callOf(c, parts);
    const inner = new URL(c.req.url).pathname.split("/").slice(6).map(decodeURIComponent).join("/");
    const at = c.req.query("at");
    const what = `${formatArtifact(artifact)}:${inner}${at === undefined ? "" : `@${at}`}`;
    const { data } = await cat(environment, { ...options, what });
    c.header("content-type", "application/octet-stream");
    c.header("etag", `"${data.blob}"`);
    if (data.masked) c.header("x-stet-masked", "true");
    return c.body(Uint8Array.from(data.bytes));
  });
}
