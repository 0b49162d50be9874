import { resolve } from "node:path";
import { StetError } from "../domain/errors.ts";
import type { Call, OptionSpec } from "./command-spec.ts";
import type { RunningFace } from "./server-face.ts";
import { usageError } from "./usage-error.ts";

export const serverOptions: readonly OptionSpec[] = [
  { flags: "--port <number>", summary: "the port to listen on; 0 for any that is free (4747, or any)" },
  { flags: "--host <name>", summary: "the address to listen on (127.0.0.1)" },
  { flags: "--store <folder>", summary: "the folder with the store, in place of STET_HOME" },
  { flags: "--require-token", summary: "answer nobody without the token, also on this machine" },
];

const portDefault = 4747;

/** Runs a server until the person ends it, or the system asks it to. */
export async function runServer(
  call: Call,
  onStarted: (server: RunningFace) => Promise<void>,
): Promise<RunningFace> {
  const { environment, stop } = environmentOfServer(call);
  const server = await start(call, environment);
  try {
    await onStarted(server);
    await new Promise<void>((done) => {
      if (stop.aborted) done();
      else stop.addEventListener("abort", () => done(), { once: true });
    });
  } finally {
    await server.close();
  }
  return server;
}

/** The environment that a server is given: requests outlive the Ctrl-C that ends it, and then finish. */
export function environmentOfServer({ environment, input }: Call) {
  const { interrupt, ...rest } = environment;
  const store = input.text("store");
  if (store?.includes("://")) throw unsupportedStore(store);
  const terminated = new AbortController();
  process.once("SIGTERM", () => terminated.abort());
  const stop = AbortSignal.any([terminated.signal, ...(interrupt === undefined ? [] : [interrupt])]);
  const chosen = store === undefined ? {} : { storeFolder: resolve(environment.workingFolder, store) };
  return { environment: { ...rest, ...chosen }, stop };
}

async function start(call: Call, environment: Call["environment"]): Promise<RunningFace> {
  const { input, startServer } = call;
  const host = input.text("host") ?? "127.0.0.1";
  const requireToken = input.flag("require-token");
  const typed = input.text("port");
  if (typed !== undefined) return await startServer(environment, { port: portOf(typed), host, requireToken });
  try {
    return await startServer(environment, { port: portDefault, host, requireToken });
  } catch (error) {
    // Another server has it; nobody asked for that one.
    if (!(error instanceof StetError) || error.code !== "E-IO") throw error;
    return await startServer(environment, { port: 0, host, requireToken });
  }
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw usageError(`--port takes a number from 0 to 65535, not "${text}".`, "It is no port.");
}

function unsupportedStore(store: string): StetError {
  return new StetError({
    code: "E-UNSUPPORTED",
    what: "That store cannot be served.",
    where: store.replace(/\/\/[^@/]*@/, "//"),
    why: "This version keeps stores in folders of this machine.",
    kept: "Nothing was started.",
    fixes: [{ cmd: "stet serve --store <folder>", summary: "serve the store in a folder" }],
  });
}
