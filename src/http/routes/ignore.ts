import { createRoute } from "@hono/zod-openapi";
import { ignore as ignoreField } from "../../app/ignore.ts";
import { outcomeAnswer } from "../answers/outcome-answer.ts";
import { callOf, withoutAbsent } from "../call.ts";
import type { Gateway, GatewayParts } from "../gateway-parts.ts";
import { ignoreSchema } from "../schemas/ignore.ts";
import { changeOutcomeSchema } from "../schemas/operation.ts";
import { ok, refusals, takes, whichQuery, writeHeaders } from "./describe.ts";

const ignoreRoute = createRoute({
  method: "post",
  path: "/api/sync/ignore",
  summary: "Let a field differ at a target, for a reason that is kept",
  request: { query: whichQuery, headers: writeHeaders, body: takes(ignoreSchema) },
  responses: { 200: ok("the rule stands in collection.toml", changeOutcomeSchema), ...refusals },
});

export function ignore(app: Gateway, parts: GatewayParts): void {
  app.openapi(ignoreRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const done = await ignoreField(environment, { ...options, ...withoutAbsent(c.req.valid("json")) });
    return c.json(outcomeAnswer(done), 200);
  });
}
