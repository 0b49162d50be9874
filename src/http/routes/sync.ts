import { createRoute } from "@hono/zod-openapi";
import { servedKinds } from "../../app/artifact-address.ts";
import { listArtifacts } from "../../app/list.ts";
import { type SyncInput, sync as syncTargets } from "../../app/sync.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { outcomeAnswer } from "../answers/outcome-answer.ts";
import { callOf, withoutAbsent } from "../call.ts";
import type { Gateway, GatewayParts } from "../gateway-parts.ts";
import { syncOutcomeSchema, syncSchema } from "../schemas/sync.ts";
import { kindParams, ok, refusals, takes, whichQuery, writeHeaders } from "./describe.ts";

const responses = { 200: ok("what was done, or with dry_run would be", syncOutcomeSchema), ...refusals };
const writes = { query: whichQuery, headers: writeHeaders, body: takes(syncSchema) };

const allRoute = createRoute({
  method: "post",
  path: "/api/sync",
  summary: "Bring targets and root together where one side moved",
  request: writes,
  responses,
});

const kindRoute = createRoute({
  method: "post",
  path: "/api/context/{kind}/sync",
  summary: "The same for the artifacts of one kind",
  request: { params: kindParams, ...writes },
  responses,
});

type Body = ReturnType<(typeof syncSchema)["parse"]>;

export function sync(app: Gateway, parts: GatewayParts): void {
  app.openapi(allRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const done = await syncTargets(environment, { ...options, ...syncInput(c.req.valid("json")) });
    return c.json({ ...outcomeAnswer(done), plan: done.data.plan }, 200);
  });

  app.openapi(kindRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const body = c.req.valid("json");
    const kind = servedKinds[c.req.valid("param").kind];
    const { data } = await listArtifacts(environment, { ...options, kind });
    const artifacts = data.artifacts.map(formatArtifact);
    const wanted =
      body.artifacts === undefined ? artifacts : artifacts.filter((one) => body.artifacts?.includes(one));
    const done = await syncTargets(environment, { ...options, ...syncInput(body), artifacts: wanted });
    return c.json({ ...outcomeAnswer(done), plan: done.data.plan }, 200);
  });
}

function syncInput({ dry_run, ...choice }: Body): SyncInput {
  return { ...withoutAbsent(choice), dryRun: dry_run };
}
