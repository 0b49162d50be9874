import { createRoute } from "@hono/zod-openapi";
import * as z from "zod";
import { callerOf, servedCollection } from "../../app/served-collection.ts";
import { StetError } from "../../domain/errors.ts";
import { callOf } from "../call.ts";
import type { Gateway, GatewayParts } from "../gateway-parts.ts";
import { sessionSchema } from "../schemas/session.ts";
import { ok, refusals, whichQuery } from "./describe.ts";

const readRoute = createRoute({
  method: "get",
  path: "/api/session",
  summary: "Who asks, what is served, and what a page sends back with its writes",
  request: { query: whichQuery },
  responses: { 200: ok("the session", sessionSchema), ...refusals },
});

const linkRoute = createRoute({
  method: "post",
  path: "/api/session/links",
  summary: "A link that lets one browser in, once",
  responses: { 200: ok("the path of the link", z.object({ path: z.string() })), ...refusals },
});

export function session(app: Gateway, parts: GatewayParts): void {
  app.openapi(readRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const caller = c.get("caller");
    const served = await servedCollection(environment, options).catch(noneServed);
    const { actor, ...collection } = served?.data ?? { actor: callerOf(environment, options) };
    return c.json(
      {
        csrf: caller.kind === "session" ? caller.session.csrf : null,
        actor,
        collection: "id" in collection ? collection : null,
        watch: parts.watch.status.watch,
      },
      200,
    );
  });

  app.openapi(linkRoute, async (c) => {
    if (c.get("caller").kind !== "token") throw tokenNeeded();
    return c.json({ path: `/?token=${parts.sessions.link()}` }, 200);
  });
}

function noneServed(error: unknown): null {
  if (error instanceof StetError && error.code === "E-NO-COLLECTION") return null;
  throw error;
}

function tokenNeeded(): StetError {
  return new StetError({
    code: "E-ACCESS",
    what: "A link is made for whoever has the server's token.",
    where: "the request",
    why: "It was sent without Authorization: Bearer.",
    kept: "No link was made.",
    fixes: [{ cmd: "stet open", summary: "open the page" }],
  });
}
