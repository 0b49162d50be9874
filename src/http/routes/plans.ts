import { createRoute } from "@hono/zod-openapi";
import { apply } from "../../app/apply.ts";
import { plan } from "../../app/plan.ts";
import { outcomeAnswer } from "../answers/outcome-answer.ts";
import { callOf, withoutAbsent } from "../call.ts";
import type { Gateway, GatewayParts } from "../gateway-parts.ts";
import {
  applyOutcomeSchema,
  applySchema,
  makePlanSchema,
  type PlanRow,
  planSchema,
} from "../schemas/plan.ts";
import { ok, refusals, takes, whichQuery, writeHeaders } from "./describe.ts";

const planRoute = createRoute({
  method: "post",
  path: "/api/sync/plan",
  summary: "What a sync would do, row by row, kept so that exactly that can be done",
  request: { query: whichQuery, body: takes(makePlanSchema) },
  responses: { 200: ok("the plan; nothing was written", planSchema), ...refusals },
});

const applyRoute = createRoute({
  method: "post",
  path: "/api/sync/apply",
  summary: "Do what a plan says; a row whose file moved since is planned anew",
  request: { query: whichQuery, headers: writeHeaders, body: takes(applySchema) },
  responses: { 200: ok("what was done", applyOutcomeSchema), ...refusals },
});

/** Plan, then apply. */
export function plans(app: Gateway, parts: GatewayParts): void {
  app.openapi(planRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { data } = await plan(environment, { ...options, ...withoutAbsent(c.req.valid("json")) });
    return c.json({ plan: data.plan, rows: data.rows.map(shownRow), left: data.left }, 200);
  });

  app.openapi(applyRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const applied = await apply(environment, { ...options, ...withoutAbsent(c.req.valid("json")) });
    const { done, moved, replanned, ...outcome } = outcomeAnswer(applied);
    const shownMoved = moved.map(({ row, now }) => ({
      row: shownRow(row),
      now: now === null ? null : shownRow(now),
    }));
    return c.json({ ...outcome, done: done.map(shownRow), moved: shownMoved, replanned }, 200);
  });
}

type Row = Awaited<ReturnType<typeof plan>>["data"]["rows"][number];

/** A row without what it rests on: that is for `apply` alone. */
function shownRow({ seen: _seen, ...row }: Row): PlanRow {
  return row;
}
