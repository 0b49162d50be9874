import { createRoute } from "@hono/zod-openapi";
import * as z from "zod";
import { newArtifactOf } from "../../app/artifact-address.ts";
import { createArtifact } from "../../app/create.ts";
import { moveArtifact } from "../../app/move.ts";
import { readArtifact } from "../../app/read-artifact.ts";
import { removeArtifact } from "../../app/remove.ts";
import { restore } from "../../app/restore.ts";
import type { SavedText } from "../../app/submit/submission.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { FailedSubmission } from "../answers/failed-submission.ts";
import { outcomeAnswer } from "../answers/outcome-answer.ts";
import { refusedSave } from "../answers/refused-save.ts";
import { artifactOf, callOf } from "../call.ts";
import type { Gateway, GatewayParts } from "../gateway-parts.ts";
import type { KindSegment } from "../schemas/artifact.ts";
import { changeOutcomeSchema } from "../schemas/operation.ts";
import {
  createSchema,
  putSchema,
  type SaveOutcome,
  saveOutcomeSchema,
  saveRefusedSchema,
} from "../schemas/save.ts";
import { kindParams, nameParams, ok, refusals, takes, whichQuery, writeHeaders } from "./describe.ts";

const createRouteOf = createRoute({
  method: "post",
  path: "/api/context/{kind}",
  summary: "Make an artifact",
  request: { params: kindParams, query: whichQuery, headers: writeHeaders, body: takes(createSchema) },
  responses: { 201: ok("made", saveOutcomeSchema), ...refusals },
});

const putRoute = createRoute({
  method: "put",
  path: "/api/context/{kind}/{name}",
  summary: "Save its text against what is known of the one that it replaces",
  request: {
    params: nameParams,
    query: whichQuery,
    headers: writeHeaders.extend({ "if-match": z.string().optional() }),
    body: takes(putSchema),
  },
  responses: {
    200: ok("saved, unchanged or merged", saveOutcomeSchema),
    409: ok("refused, and the submitted text is kept", saveRefusedSchema),
    ...refusals,
  },
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/api/context/{kind}/{name}",
  summary: "Remove it; every version stays in history",
  request: {
    params: nameParams,
    query: whichQuery.extend({
      cascade: z
        .enum(["true", "false"])
        .optional()
        .meta({ description: "also its copies that are as stet wrote them" }),
    }),
    headers: writeHeaders.extend({ "if-match": z.string().optional() }),
  },
  responses: { 200: ok("removed", changeOutcomeSchema), ...refusals },
});

const renameRoute = createRoute({
  method: "post",
  path: "/api/context/{kind}/{name}/rename",
  summary: "Give it another name; its history goes with it",
  request: {
    params: nameParams,
    query: whichQuery,
    headers: writeHeaders,
    body: takes(z.object({ name: z.string() })),
  },
  responses: { 200: ok("renamed", changeOutcomeSchema), ...refusals },
});

const restoreRoute = createRoute({
  method: "post",
  path: "/api/context/{kind}/{name}/restore",
  summary: "Bring it back to what it was at a point of its history",
  request: {
    params: nameParams,
    query: whichQuery,
    headers: writeHeaders,
    body: takes(z.object({ at: z.string(), path: z.string().optional() })),
  },
  responses: { 200: ok("restored", changeOutcomeSchema), ...refusals },
});

/** Writes of artifacts. */
export function artifactWriting(app: Gateway, parts: GatewayParts): void {
  app.openapi(createRouteOf, async (c) => {
    const { kind } = c.req.valid("param");
    const { name, content, message } = c.req.valid("json");
    const artifact = newArtifactOf(kind, name);
    const { environment, options } = await callOf(c, parts);
    const { data } = await createArtifact(environment, {
      ...options,
      artifact: formatArtifact(artifact),
      ...(content === undefined ? {} : { content }),
      ...(message === undefined ? {} : { message }),
    });
    const made = (await readArtifact(environment, { ...options, artifact })).data;
    const saved: SavedText = {
      status: "saved",
      outcome: "saved",
      version: made.version,
      mtime: made.mtime ?? "0",
      operation: data.operation,
      decisions: [],
      content: null,
      replaced: null,
    };
    c.header("location", `/api/context/${kind}/${encodeURIComponent(name)}`);
    return c.json(saveOutcome(kind, name, saved), 201);
  });

  app.openapi(putRoute, async (c) => {
    const artifact = artifactOf(c);
    const { kind } = c.req.valid("param");
    const { environment, options } = await callOf(c, parts);
    const { content, mtime_ns, base, seen, force, message } = c.req.valid("json");
    const ifMatch = c.req.header("if-match");
    const { claims, recordAs } = options;
    const outcome = await parts.saves.submit(environment, options, {
      artifact,
      content,
      mtime: mtime_ns,
      base,
      seen,
      force: force === true,
      ...(ifMatch === undefined ? {} : { ifMatch }),
      ...(message === undefined ? {} : { message }),
      ...(claims === undefined ? {} : { claims }),
      ...(recordAs === undefined ? {} : { operation: recordAs }),
    });
    switch (outcome.status) {
      case "saved":
        warnOfForce(parts, outcome);
        return c.json(saveOutcome(kind, artifact.name, outcome), 200);
      case "refused":
        return c.json(refusedSave(formatArtifact(artifact), outcome), 409);
      case "failed":
        throw new FailedSubmission(outcome);
    }
  });

  app.openapi(deleteRoute, async (c) => {
    const artifact = formatArtifact(artifactOf(c));
    const { environment, options } = await callOf(c, parts);
    const cascade = c.req.valid("query").cascade === "true";
    const version = /^"(.*)"$/.exec(c.req.header("if-match") ?? "")?.[1];
    const removed = await removeArtifact(environment, {
      ...options,
      artifact,
      cascade,
      ...(version === undefined ? {} : { version }),
    });
    return c.json(outcomeAnswer(removed), 200);
  });

  app.openapi(renameRoute, async (c) => {
    const from = artifactOf(c);
    const { environment, options } = await callOf(c, parts);
    const to = newArtifactOf(c.req.valid("param").kind, c.req.valid("json").name);
    const input = { ...options, from: formatArtifact(from), to: formatArtifact(to) };
    return c.json(outcomeAnswer(await moveArtifact(environment, input)), 200);
  });

  app.openapi(restoreRoute, async (c) => {
    const artifact = formatArtifact(artifactOf(c));
    const { environment, options } = await callOf(c, parts);
    const { at, path } = c.req.valid("json");
    const what = path === undefined ? artifact : `${artifact}:${path}`;
    return c.json(outcomeAnswer(await restore(environment, { ...options, what, at })), 200);
  });
}

function saveOutcome(kind: KindSegment, name: string, saved: SavedText): SaveOutcome {
  const { mtime, version, outcome, operation, decisions, content, replaced } = saved;
  return {
    kind,
    name,
    mtime_ns: mtime,
    version,
    outcome,
    operation,
    decisions,
    content,
    replaced: replaced === null ? null : replacedVersion(replaced),
    replayed: false,
  };
}

function replacedVersion({ mtime, ...replaced }: NonNullable<SavedText["replaced"]>) {
  return { ...replaced, mtime_ns: mtime };
}

/** The audit must be possible from the log alone: what the client knew, what was present, and who chose. */
function warnOfForce({ log }: GatewayParts, { replaced, operation }: SavedText): void {
  if (replaced === null) return;
  const { path, clientMtime, clientVersion, mtime, version, actor } = replaced;
  log.warn(
    { operation, path, clientMtime, presentMtime: mtime, clientVersion, presentVersion: version, actor },
    "a version was replaced by force; it stays in history",
  );
}
