import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import type { CallOptions, Environment } from "../app/environment.ts";
import { LogFeed } from "../app/follow-log.ts";
import { lendStore } from "../app/lend-store.ts";
import { forgetServer, noteServer } from "../app/server-record.ts";
import { SaveQueue } from "../app/submit/save-queue.ts";
import { submitTexts } from "../app/submit-text.ts";
import { type WatchEvent, watch } from "../app/watch.ts";
import { StetError } from "../domain/errors.ts";
import { isLoopbackName } from "./access/hosts.ts";
import { Sessions } from "./access/sessions.ts";
import { DriftMemory } from "./drift-memory.ts";
import { LogFollower } from "./events/log-follower.ts";
import { createGateway } from "./gateway.ts";
import type { WatchStanding } from "./gateway-parts.ts";
import { type LogTarget, openServerLog } from "./server-log.ts";

export interface ServeOptions {
  /** 0 for any that is free. */
  readonly port: number;
  readonly host: string;
  readonly requireToken: boolean;
  /** The folder with the page's files. */
  readonly page: string;
  /** Where the log goes; by default `log/server.log` beside the store. */
  readonly log?: LogTarget;
}

export interface RunningGateway {
  readonly url: string;
  readonly token: string;
  /** A link that lets one browser in, once. */
  readonly link: () => string;
  /** Finishes what was begun, then ends. */
  readonly close: () => Promise<void>;
}

/** Serves the collection of the environment's working folder. Throws E-IO where the port is taken. */
export async function startServer(environment: Environment, options: ServeOptions): Promise<RunningGateway> {
  const lent = await lendStore(environment);
  const { environment: served } = lent;
  const log = openServerLog(options.log ?? { file: join(environment.storeFolder, "log", "server.log") });
  const watching = await watchServed(served, (error) => log.error({ error: String(error) }, "a look failed"));
  const server = createServer({
    requestTimeout: 30_000,
    headersTimeout: 10_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: 2_000,
    maxHeaderSize: 16 * 1024,
  });
  server.maxConnections = 4_096;
  const port = await listening(server, options);
  const name = options.host.includes(":") ? `[${options.host}]` : options.host;
  const url = `http://${name}:${port}`;
  const record = { url, processId: environment.processId, folder: environment.workingFolder };
  const token = await noteServer(environment, record);
  const isOpen = !isLoopbackName(options.host);
  const sessions = new Sessions(environment.random);
  const { app, streams } = createGateway({
    environment: served,
    rules: { listensOn: options.host, requireToken: options.requireToken || isOpen, token },
    sessions,
    drift: new DriftMemory(),
    saves: new SaveQueue(submitTexts),
    log,
    follower: watching.follower,
    watch: watching.standing,
    page: existsSync(join(options.page, "index.html")) ? options.page : null,
  });
  server.on("request", getRequestListener(app.fetch));
  log.info({ url, processId: environment.processId }, "serving");
  return {
    url,
    token,
    link: () => `${url}/?token=${sessions.link()}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      streams.closeAll();
      server.closeIdleConnections();
      await forgetServer(environment, record);
      await Promise.race([closed, waited(closeMillisecondsMax)]);
      server.closeAllConnections();
      await watching.close();
      await lent.close();
      log.info({ url }, "stopped");
      log.close();
    },
  };
}

/** How long requests that are under way may take to finish. What was recorded by then is finished by recovery. */
const closeMillisecondsMax = 8_000;

function waited(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

async function listening(
  server: ReturnType<typeof createServer>,
  { port, host }: ServeOptions,
): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, () => resolve());
    });
  } catch (error) {
    throw new StetError(
      {
        code: "E-IO",
        what: "The server could not listen there.",
        where: `${host}:${port}`,
        why: error instanceof Error ? error.message : String(error),
        kept: "Nothing was changed.",
        fixes: [{ cmd: "stet serve --port 0", summary: "take any port that is free" }],
      },
      { cause: error },
    );
  }
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

/** Captures what any program writes to the served collection, and follows its log. */
async function watchServed(environment: Environment, onError: (error: unknown) => void) {
  const standing: WatchStanding = { status: { watch: "closed", why: null }, listeners: new Set() };
  const options: CallOptions = { claims: { from: "elsewhere" } };
  const feed = await LogFeed.open(environment, options).catch((error: unknown) => {
    if (error instanceof StetError && error.code === "E-NO-COLLECTION") return null;
    throw error;
  });
  if (feed === null) return { standing, follower: null, close: async () => {} };
  const follower = new LogFollower(feed, onError);
  const stop = new AbortController();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const onEvent = (event: WatchEvent) => {
    if (event.kind === "captured" || event.kind === "synced") follower.look();
    if (event.kind === "problem") onError(event.error);
    if (event.kind !== "state") return;
    const why = event.state.kind === "polling" ? event.state.why : null;
    standing.status = { watch: event.state.kind, why };
    begin();
    for (const tell of standing.listeners) tell(standing.status);
  };
  const ended = watch(environment, { ...options, stop: stop.signal, onEvent, settleMilliseconds: 60 }).catch(
    onError,
  );
  // Nobody is told that edits are not seen only because the watch has not begun.
  await Promise.race([begun, ended]);
  return {
    standing,
    follower,
    close: async () => {
      follower.close();
      stop.abort();
      await ended;
    },
  };
}
