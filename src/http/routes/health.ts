import { createRoute } from "@hono/zod-openapi";
import { doctor } from "../../app/doctor.ts";
import { deepWithoutMachinePaths, withoutMachinePaths } from "../answers/without-machine-paths.ts";
import { callOf } from "../call.ts";
import type { Gateway, GatewayParts } from "../gateway-parts.ts";
import { doctorSchema } from "../schemas/health.ts";
import { ok, refusals, whichQuery } from "./describe.ts";

const doctorRoute = createRoute({
  method: "get",
  path: "/api/doctor",
  summary: "What keeps stet or a runtime from working as it should, with what helps; changes nothing",
  request: { query: whichQuery },
  responses: { 200: ok("errors first, what is fine last", doctorSchema), ...refusals },
});

/** How everything stands on this machine. */
export function health(app: Gateway, parts: GatewayParts): void {
  app.openapi(doctorRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { checks, worst } = (await doctor(environment, options)).data;
    const mask = withoutMachinePaths(parts.environment);
    return c.json({ items: checks.map((one) => deepWithoutMachinePaths(one, mask)), next: null, worst }, 200);
  });
}
