import { Worker } from "node:worker_threads";
import type { EngineHostOptions } from "./engine-host.ts";
import type { EngineInputs, EngineMethod, EngineResults, WriteInput } from "./engine-methods.ts";
import { packWrite } from "./packed-write.ts";
import type { RunningEngine } from "./store-of-engine.ts";
import { errorOfSent, type MethodRequest, type WorkerAnswer, type WorkerRequest } from "./worker-message.ts";

function isWrite(request: MethodRequest): request is MethodRequest & { readonly input: WriteInput } {
  return request.method === "write";
}

type Settle = (answer: WorkerAnswer<never> | Error) => void;

/**
 * The engine in a thread of its own. The thread keeps the process alive only while a call is under way, so a
 * program that forgets to close its store still ends.
 */
class EngineWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Settle>();
  #lastId = 0;
  #ended: Error | null = null;

  constructor(options: EngineHostOptions) {
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: options });
    this.#worker.unref();
    this.#worker.on("message", (answer: WorkerAnswer<never>) => this.#settle(answer.id, answer));
    this.#worker.on("error", (error) => this.#end(error));
    this.#worker.on("exit", () => this.#end(new Error("the thread of the store has ended")));
  }

  async call<Method extends EngineMethod>(
    method: Method,
    input: EngineInputs[Method],
  ): Promise<EngineResults[Method]> {
    const request = { id: ++this.#lastId, method, input };
    if (!isWrite(request)) return await this.#send(request);
    const write = packWrite(request.input);
    return await this.#send({ id: request.id, write }, [write.bytes]);
  }

  async close(): Promise<void> {
    if (this.#ended !== null) return;
    await this.#send({ id: ++this.#lastId, close: true });
    await this.#worker.terminate();
  }

  #send<Result>(request: WorkerRequest, handedOver: readonly ArrayBuffer[] = []): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== null) {
        reject(this.#ended);
        return;
      }
      this.#waiting.set(request.id, (answer: WorkerAnswer<never> | Error) => {
        if (answer instanceof Error) reject(answer);
        else if ("error" in answer) reject(errorOfSent(answer.error));
        else resolve(answer.result);
      });
      this.#worker.ref();
      this.#worker.postMessage(request, handedOver);
    });
  }

  #settle(id: number, answer: WorkerAnswer<never> | Error): void {
    const settle = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
    settle?.(answer);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const id of [...this.#waiting.keys()]) this.#settle(id, error);
  }
}

/** They go through the whole store. In a thread and a connection of their own they hold up nobody (P5). */
const longMethods: ReadonlySet<EngineMethod> = new Set(["verify", "compact", "backup"]);

async function callApart<Method extends EngineMethod>(
  options: EngineHostOptions,
  method: Method,
  input: EngineInputs[Method],
): Promise<EngineResults[Method]> {
  const worker = new EngineWorker(options);
  try {
    return await worker.call(method, input);
  } finally {
    await worker.close();
  }
}

/** Starts the engine's thread and opens the store in it. Throws what opening a store throws. */
export async function openWorkerEngine(options: EngineHostOptions): Promise<RunningEngine> {
  const worker = new EngineWorker(options);
  const apart = { ...options, adoptCopy: false };
  try {
    await worker.call("checkouts", undefined);
  } catch (error) {
    await worker.close().catch(() => undefined);
    throw error;
  }
  return {
    call: (method, input) =>
      longMethods.has(method) ? callApart(apart, method, input) : worker.call(method, input),
    close: () => worker.close(),
  };
}
