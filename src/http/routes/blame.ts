import { createRoute } from "@hono/zod-openapi";
import * as z from "zod";
import { blame as blameLines } from "../../app/blame.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { artifactOf, callOf } from "../call.ts";
import type { Gateway, GatewayParts } from "../gateway-parts.ts";
import { blameSchema } from "../schemas/blame.ts";
import { atQuery, nameParams, ok, refusals } from "./describe.ts";

const blameRoute = createRoute({
  method: "get",
  path: "/api/context/{kind}/{name}/blame",
  summary: "Who wrote each line of one of its files, and the shares of people, agents and the unknown",
  request: { params: nameParams, query: atQuery.extend({ path: z.string().optional() }) },
  responses: { 200: ok("line by line", blameSchema), ...refusals },
});

export function blame(app: Gateway, parts: GatewayParts): void {
  app.openapi(blameRoute, async (c) => {
    const artifact = artifactOf(c);
    const { environment, options } = await callOf(c, parts);
    const { at, path } = c.req.valid("query");
    const { data } = await blameLines(environment, {
      ...options,
      artifact: formatArtifact(artifact),
      ...(at === undefined ? {} : { at }),
      ...(path === undefined ? {} : { path }),
    });
    return c.json(data, 200);
  });
}
