import { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { getCookie } from "hono/cookie";
import { HTTPException } from "hono/http-exception";
import { StetError } from "../domain/errors.ts";
import { limits } from "../domain/limits.ts";
import { decideAccess, refusedHost, type Showing } from "./access/access.ts";
import { securityHeaders } from "./access/security-headers.ts";
import { sessionCookie } from "./access/sessions.ts";
import { errorAnswer } from "./answers/error-answer.ts";
import { FailedSubmission } from "./answers/failed-submission.ts";
import { idempotency } from "./answers/idempotency.ts";
import { deepWithoutMachinePaths, withoutMachinePaths } from "./answers/without-machine-paths.ts";
import { artifactOf, badRequest } from "./call.ts";
import type { Gateway, GatewayEnv, GatewayParts } from "./gateway-parts.ts";
import { artifactReading } from "./routes/artifact-reading.ts";
import { artifactViews } from "./routes/artifact-views.ts";
import { artifactWriting } from "./routes/artifact-writing.ts";
import { blame } from "./routes/blame.ts";
import { conflicts } from "./routes/conflicts.ts";
import { drafts } from "./routes/drafts.ts";
import { type EventStreams, events } from "./routes/events.ts";
import { health } from "./routes/health.ts";
import { ignore } from "./routes/ignore.ts";
import { operations } from "./routes/operations.ts";
import { page } from "./routes/page.ts";
import { plans } from "./routes/plans.ts";
import { points } from "./routes/points.ts";
import { search } from "./routes/search.ts";
import { session } from "./routes/session.ts";
import { settings, syncSettings } from "./routes/settings.ts";
import { sync } from "./routes/sync.ts";
import { updates } from "./routes/updates.ts";

/**
 * The whole API and the page, behind the checks that every request passes, in this order: the host that it was sent
 * to, who sends it, how long it is, what it names.
 */
export function createGateway(parts: GatewayParts): {
  readonly app: Gateway;
  readonly streams: EventStreams;
} {
  const app: Gateway = new OpenAPIHono<GatewayEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.target, result.error.issues);
    },
  });
  app.onError((thrown, c) => {
    const { status, body } = answerTo(thrown, parts);
    if (status >= 500) parts.log.error({ path: c.req.path, code: body.code, why: body.why }, body.what);
    return c.json(body, status);
  });
  checks(app, parts);
  artifactReading(app, parts);
  artifactViews(app, parts);
  artifactWriting(app, parts);
  blame(app, parts);
  operations(app, parts);
  conflicts(app, parts);
  drafts(app, parts);
  settings(app, parts);
  syncSettings(app, parts);
  sync(app, parts);
  ignore(app, parts);
  plans(app, parts);
  updates(app, parts);
  search(app, parts);
  points(app, parts);
  health(app, parts);
  session(app, parts);
  const streams = events(app, parts);
  app.doc31("/api/openapi.json", {
    openapi: "3.1.0",
    info: { title: "stet", version: "1", description: "A versioned store for the files that steer agents." },
  });
  app.all("/api/*", (c) => {
    throw noSuchRoute(`${c.req.method} ${c.req.path}`);
  });
  page(app, parts);
  return { app, streams };
}

function checks(app: Gateway, parts: GatewayParts): void {
  const { rules, sessions } = parts;
  app.use("*", async (c, next) => {
    const refused = refusedHost(rules, c.req.header("host"));
    if (refused !== null && "refused" in refused) {
      const { status, body } = errorAnswer(refused.refused, {
        reason_code: refused.reason,
        httpStatus: refused.status,
      });
      return c.json(body, status);
    }
    return await next();
  });
  app.use("/api/*", async (c, next) => {
    const showing: Showing = {
      method: c.req.method,
      host: c.req.header("host"),
      origin: c.req.header("origin"),
      fetchSite: c.req.header("sec-fetch-site"),
      authorization: c.req.header("authorization"),
      cookie: getCookie(c, sessionCookie),
      csrf: c.req.header("x-stet-csrf"),
    };
    const decision = decideAccess(rules, sessions, showing);
    if ("refused" in decision) {
      const extra = { reason_code: decision.reason, httpStatus: decision.status };
      const { status, body } = errorAnswer(decision.refused, extra);
      return c.json(body, status);
    }
    c.set("caller", decision.caller);
    await next();
    for (const [name, value] of Object.entries(securityHeaders(null))) c.res.headers.set(name, value);
    if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-store");
    return undefined;
  });
  const limit = bodyLimit({ maxSize: limits.requestBytesMax, onError: () => Promise.reject(tooLarge()) });
  app.use("/api/*", async (c, next) => {
    const hasBody = c.req.header("content-length") ?? c.req.header("transfer-encoding");
    return await (hasBody === undefined ? next() : limit(c, next));
  });
  app.use("/api/context/:kind/:name/*", async (c, next) => {
    artifactOf(c);
    return await next();
  });
  app.use("/api/*", idempotency(parts));
}

function answerTo(thrown: unknown, parts: GatewayParts) {
  const mask = withoutMachinePaths(parts.environment);
  const { status, body } =
    thrown instanceof FailedSubmission
      ? errorAnswer(thrown.failed.error, { mineSavedAs: thrown.failed.mineSavedAs })
      : errorAnswer(thrown instanceof HTTPException ? badRequest("the body", thrown.message) : thrown);
  return { status, body: deepWithoutMachinePaths(body, mask) };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What is wrong with the address is a bad request; a body that says too little, or the wrong things, is invalid. */
function invalidRequest(target: string, issues: readonly Issue[]): StetError {
  const [first] = issues;
  const where = [target, ...(first?.path ?? [])].join(".");
  const why = issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
  if (target !== "json") return badRequest(where, why);
  return new StetError({
    code: "E-INVALID",
    what: "The body is not what the route takes.",
    where,
    why,
    kept: "Nothing was changed.",
    fixes: [{ cmd: "curl -s <server>/api/openapi.json", summary: "see what every route takes" }],
  });
}

function tooLarge(): StetError {
  return new StetError({
    code: "E-LIMIT",
    what: "The request is too large.",
    where: "the body",
    why: `It has more than ${limits.requestBytesMax} bytes.`,
    kept: "Nothing was changed, and nothing of it is kept.",
    fixes: [{ cmd: "stet save", summary: "write the file itself, then record it" }],
  });
}

function noSuchRoute(where: string): StetError {
  return new StetError({
    code: "E-NOT-FOUND",
    what: "There is no such route.",
    where,
    why: "The API does not have it.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "curl -s <server>/api/openapi.json", summary: "see what there is" }],
  });
}
