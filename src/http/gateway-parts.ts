import type { HttpBindings } from "@hono/node-server";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Environment } from "../app/environment.ts";
import type { SaveQueue } from "../app/submit/save-queue.ts";
import type { AccessRules, Caller } from "./access/access.ts";
import type { Sessions } from "./access/sessions.ts";
import type { DriftMemory } from "./drift-memory.ts";
import type { LogFollower } from "./events/log-follower.ts";
import type { StatusEvent } from "./schemas/event.ts";
import type { ServerLog } from "./server-log.ts";

/** What every route is made with. */
export interface GatewayParts {
  /** Lends its store. */
  readonly environment: Environment;
  readonly rules: AccessRules;
  readonly sessions: Sessions;
  readonly drift: DriftMemory;
  readonly saves: SaveQueue;
  readonly log: ServerLog;
  /** The served collection's log; null where nothing is served yet. */
  readonly follower: LogFollower | null;
  readonly watch: WatchStanding;
  /** The folder with the page's files; null where it was not built. */
  readonly page: string | null;
}

/** How edits on disk are seen right now, and who is told when that changes. */
export interface WatchStanding {
  status: StatusEvent;
  readonly listeners: Set<(status: StatusEvent) => void>;
}

export interface GatewayEnv {
  readonly Bindings: HttpBindings;
  readonly Variables: { readonly caller: Caller };
}

export type Gateway = OpenAPIHono<GatewayEnv>;
