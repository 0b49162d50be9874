import { createHash } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { operationOfKey, recordedOperation } from "../../app/replayed-operation.ts";
import { StetError } from "../../domain/errors.ts";
import { requestName } from "../call.ts";
import type { GatewayEnv, GatewayParts } from "../gateway-parts.ts";
import { replayedOutcome } from "./outcome-answer.ts";

const answersMax = 1_000;

interface Answered {
  readonly body: string;
  readonly response: Promise<Response>;
}

/**
 * A write with an Idempotency-Key is done once (BUGS S9): sent again, it gets the answer that it had. Where that is
 * not remembered (another process, a restart), the operation itself is: its id follows from the key.
 */
export function idempotency({ environment }: GatewayParts): MiddlewareHandler<GatewayEnv> {
  const answered = new Map<string, Answered>();
  return async (c, next) => {
    const key = c.req.header("idempotency-key");
    if (key === undefined || c.req.method === "GET" || c.req.method === "HEAD") return await next();
    const name = `${key} ${requestName(c)}`;
    const body = createHash("sha256")
      .update(await c.req.text())
      .digest("hex");
    const known = answered.get(name);
    if (known !== undefined) {
      if (known.body !== body) throw keyUsedOtherwise(key);
      return replayed(await known.response);
    }
    const recorded = await recordedOperation(environment, operationOfKey(key, requestName(c)));
    if (recorded !== null && c.req.method !== "PUT") return c.json(replayedOutcome(recorded), 200);
    const { promise, resolve } = Promise.withResolvers<Response>();
    answered.set(name, { body, response: promise });
    for (const old of answered.keys()) {
      if (answered.size <= answersMax) break;
      answered.delete(old);
    }
    await next();
    resolve(c.res.clone());
    // What failed here may be tried again: nothing was done.
    if (c.res.status >= 500) answered.delete(name);
  };
}

async function replayed(response: Response): Promise<Response> {
  const copy = response.clone();
  const headers = new Headers(copy.headers);
  headers.set("idempotent-replay", "true");
  return new Response(await copy.text(), { status: copy.status, headers });
}

function keyUsedOtherwise(key: string): StetError {
  return new StetError({
    code: "E-PRECONDITION",
    what: "That Idempotency-Key was used for another request.",
    where: key,
    why: "A key stands for one request, word for word.",
    kept: "Nothing was changed by this request.",
    fixes: [],
  });
}
