import { createRoute } from "@hono/zod-openapi";
import * as z from "zod";
import { search as searchText } from "../../app/search.ts";
import { callOf } from "../call.ts";
import type { Gateway, GatewayParts } from "../gateway-parts.ts";
import { searchSchema } from "../schemas/search.ts";
import { ok, refusals, whichQuery } from "./describe.ts";

const searchRoute = createRoute({
  method: "get",
  path: "/api/search",
  summary: "Lines with a text, in what stands now and, with `past`, in what once stood",
  request: {
    query: whichQuery.extend({ text: z.string(), past: z.enum(["true", "false"]).optional() }),
  },
  responses: { 200: ok("line by line", searchSchema), ...refusals },
});

export function search(app: Gateway, parts: GatewayParts): void {
  app.openapi(searchRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { text, past } = c.req.valid("query");
    const { data, notices } = await searchText(environment, { ...options, text, past: past === "true" });
    return c.json({ items: data.hits, next: null, notices }, 200);
  });
}
