import { createRoute } from "@hono/zod-openapi";
import { segmentOfKind, servedKinds } from "../../app/artifact-address.ts";
import { listArtifacts } from "../../app/list.ts";
import type { ShownArtifact } from "../../app/outcomes.ts";
import { readArtifact } from "../../app/read-artifact.ts";
import { servedCollection } from "../../app/served-collection.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { targetStates } from "../answers/drift-answer.ts";
import { pageOf, pageQuery } from "../answers/page-of.ts";
import { artifactOf, callOf } from "../call.ts";
import type { DriftLook } from "../drift-memory.ts";
import type { Gateway, GatewayParts } from "../gateway-parts.ts";
import { type ArtifactItem, artifactListSchema, artifactReadSchema } from "../schemas/artifact.ts";
import { atQuery, kindParams, listQuery, nameParams, ok, refusals } from "./describe.ts";

const listRoute = createRoute({
  method: "get",
  path: "/api/context/{kind}",
  summary: "Artifacts of a kind, with how each stands at every target",
  request: { params: kindParams, query: atQuery.extend(listQuery.shape) },
  responses: { 200: ok("a page of the list", artifactListSchema), ...refusals },
});

const readRoute = createRoute({
  method: "get",
  path: "/api/context/{kind}/{name}",
  summary: "One artifact: its text, and what a save of it is compared with",
  request: { params: nameParams, query: atQuery },
  responses: { 200: ok("the artifact; its version is also the ETag", artifactReadSchema), ...refusals },
});

/** The list, and one artifact; both now, or at an earlier time. */
export function artifactReading(app: Gateway, parts: GatewayParts): void {
  app.openapi(listRoute, async (c) => {
    const { environment, options } = await callOf(c, parts);
    const { kind } = c.req.valid("param");
    const { at, limit, cursor } = c.req.valid("query");
    const input = { ...options, kind: servedKinds[kind], ...(at === undefined ? {} : { at }) };
    const { data } = await listArtifacts(environment, input);
    const page = pageOf(data.artifacts, (one) => one.name, pageQuery(limit, cursor));
    const look = at === undefined ? await parts.drift.look(environment, options) : null;
    const items = page.items.map((one) => artifactItem(one, look));
    return c.json({ items, next: page.next, targetsAsOf: asOf(look) }, 200);
  });

  app.openapi(readRoute, async (c) => {
    const artifact = artifactOf(c);
    const { environment, options } = await callOf(c, parts);
    const { at } = c.req.valid("query");
    const { data, notices } = await readArtifact(environment, {
      ...options,
      artifact,
      ...(at === undefined ? {} : { at }),
    });
    const { data: collection } = await servedCollection(environment, options);
    const look = at === undefined ? await parts.drift.look(environment, options) : null;
    const { mtime, ...read } = data;
    c.header("etag", `"${data.version}"`);
    return c.json(
      {
        kind: c.req.valid("param").kind,
        name: artifact.name,
        collection: { id: collection.id, name: collection.name },
        scope: collection.scope,
        ...read,
        mtime_ns: mtime,
        targets: targetStates(look?.rows.get(formatArtifact(artifact)) ?? []),
        targetsAsOf: asOf(look),
        notices,
      },
      200,
    );
  });
}

function artifactItem(one: ShownArtifact, look: DriftLook | null): ArtifactItem {
  const { kind, name, version, declaredName, description, files, problems } = one;
  return {
    kind: segmentOfKind(kind) ?? "rules",
    name,
    version,
    declaredName,
    description,
    files,
    problems,
    targets: targetStates(look?.rows.get(`${kind}/${name}`) ?? []),
  };
}

function asOf(look: DriftLook | null): string | null {
  return look === null ? null : new Date(look.at).toISOString();
}
