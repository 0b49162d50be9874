import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { segmentOfKind } from "../../app/artifact-address.ts";
import type { FollowedOperation } from "../../app/follow-log.ts";
import { parseArtifact } from "../../domain/artifact-kinds.ts";
import { StetError } from "../../domain/errors.ts";
import { securityHeaders } from "../access/security-headers.ts";
import { EventStream } from "../events/event-stream.ts";
import type { Gateway, GatewayParts } from "../gateway-parts.ts";
import type { OperationEvent, StatusEvent } from "../schemas/event.ts";

const streamsMax = 256;

/** `GET /api/events`: every operation as it is recorded, by whichever process, and how disk edits are seen. */
export function events(app: Gateway, parts: GatewayParts): EventStreams {
  const streams = new Set<EventStream>();
  app.get("/api/events", async (c) => {
    const { follower, watch } = parts;
    if (follower === null) throw nothingServed();
    if (streams.size >= streamsMax) throw tooMany();
    const stream = new EventStream(c.env.outgoing, securityHeaders(null));
    streams.add(stream);
    const tellStatus = (status: StatusEvent) => stream.send("status", status);
    watch.listeners.add(tellStatus);
    let isClosed = false;
    let unfollow = () => {};
    stream.onClosed(() => {
      isClosed = true;
      streams.delete(stream);
      watch.listeners.delete(tellStatus);
      unfollow();
    });
    tellStatus(watch.status);
    const lastEventId = c.req.header("last-event-id") ?? c.req.query("lastEventId");
    unfollow = await follower.follow(
      {
        operation: (operation) => stream.send("operation", operationEvent(operation), operation.id),
        gap: (why) => stream.send("gap", { why }),
      },
      lastEventId === "" ? undefined : lastEventId,
    );
    if (isClosed) unfollow();
    return RESPONSE_ALREADY_SENT;
  });
  return {
    closeAll: () => {
      for (const stream of [...streams]) stream.close();
    },
  };
}

export interface EventStreams {
  readonly closeAll: () => void;
}

function operationEvent({ id, actor, kind, artifacts, at, undoes }: FollowedOperation): OperationEvent {
  const named = artifacts.flatMap((text) => {
    const artifact = parseArtifact(text);
    if (artifact === undefined) return [];
    return [{ kind: segmentOfKind(artifact.kind) ?? artifact.kind, name: artifact.name }];
  });
  return { operation: id, actor, kind, artifacts: named, at, undoes };
}

function nothingServed(): StetError {
  return new StetError({
    code: "E-NO-COLLECTION",
    what: "There is nothing to follow: the folder that is served is no collection yet.",
    where: "the server",
    why: "It was started outside a collection.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet init", summary: "make it one, then start the server again" }],
  });
}

function tooMany(): StetError {
  return new StetError({
    code: "E-STORE-BUSY",
    what: "Too many clients follow the events already.",
    where: "/api/events",
    why: `There are ${streamsMax}.`,
    kept: "Those stay connected.",
    fixes: [],
  });
}
