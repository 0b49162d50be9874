import { createRoute } from "@hono/zod-openapi";
import * as z from "zod";
import { listBranches } from "../../app/branch.ts";
import { listPins, pin, unpin } from "../../app/pin.ts";
import { outcomeAnswer } from "../answers/outcome-answer.ts";
import { callOf, withoutAbsent } from "../call.ts";
import type { Gateway, GatewayParts } from "../gateway-parts.ts";
import { changeOutcomeSchema } from "../schemas/operation.ts";
import { branchListSchema, makePinSchema, pinListSchema } from "../schemas/point.ts";
import { ok, refusals, takes, whichQuery, writeHeaders } from "./describe.ts";

const pinsRoute = createRoute({
  method: "get",
  path: "/api/pins",
  summary: "Versions that have a name, and are never pruned",
  request: { query: whichQuery },
  responses: { 200: ok("the pins", pinListSchema), ...refusals },
});

const pinRoute = createRoute({
  method: "post",
  path: "/api/pins",
  summary: "Name a version",
  request: { query: whichQuery, headers: writeHeaders, body: takes(makePinSchema) },
  responses: { 200: ok("named", changeOutcomeSchema), ...refusals },
});

const unpinRoute = createRoute({
  method: "delete",
  path: "/api/pins/{name}",
  summary: "Take a name away; the version stays",
  request: { params: z.object({ name: z.string() }), query: whichQuery, headers: writeHeaders },
  responses: { 200: ok("taken away", changeOutcomeSchema), ...refusals },
});

const branchesRoute = createRoute({
  method: "get",
  path: "/api/branches",
  summary: "The branches of the collection",
  request: { query: whichQuery },
  responses: { 200: ok("the branches", branchListSchema), ...refusals },
});

/** Points of history that have a name. */
export function points(app: Gateway, parts: GatewayParts): void {
  app.openapi(pinsRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    return c.json({ items: (await listPins(environment, options)).data.pins, next: null }, 200);
  });

  app.openapi(pinRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const input = { ...options, ...withoutAbsent(c.req.valid("json")) };
    return c.json(outcomeAnswer(await pin(environment, input)), 200);
  });

  app.openapi(unpinRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { name } = c.req.valid("param");
    return c.json(outcomeAnswer(await unpin(environment, { ...options, name })), 200);
  });

  app.openapi(branchesRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { data } = await listBranches(environment, options);
    // Where other checkouts lie on this machine is nobody's business.
    const items = data.branches.map(({ elsewhere, ...one }) => ({
      ...one,
      heldElsewhere: elsewhere.length > 0,
    }));
    return c.json({ items, next: null }, 200);
  });
}
