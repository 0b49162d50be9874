import { parentPort, workerData } from "node:worker_threads";
import { EngineHost, type EngineHostOptions } from "./engine-host.ts";
import { unpackWrite } from "./packed-write.ts";
import { sendableError, type WorkerAnswer, type WorkerRequest } from "./worker-message.ts";

// The engine's own thread: SQLite and its fsyncs happen here, so that the event loop of the program stays free.
const options: EngineHostOptions = workerData;
const opening = EngineHost.open(options);

function answer(message: WorkerAnswer<unknown>): void {
  parentPort?.postMessage(message);
}

async function run(request: WorkerRequest): Promise<void> {
  const { id } = request;
  try {
    const host = await opening;
    if ("close" in request) {
      host.close();
      answer({ id, result: undefined });
      parentPort?.close();
      return;
    }
    answer({ id, result: await callEngine(host, request) });
  } catch (error) {
    answer({ id, error: sendableError(error) });
  }
}

async function callEngine(
  host: EngineHost,
  request: Exclude<WorkerRequest, { readonly close: true }>,
): Promise<unknown> {
  if ("write" in request) return await host.call("write", unpackWrite(request.write));
  return await host.call(request.method, request.input);
}

parentPort?.on("message", (request: WorkerRequest) => void run(request));
// A store that does not open is told with the first answer: its client waits for one.
opening.catch(() => undefined);
