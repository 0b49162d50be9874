import { Worker } from "node:worker_threads";
import type { WallClock } from "../../domain/clock.ts";
import type { Store } from "../store.ts";
import type { EngineHostOptions } from "./engine-host.ts";
import type { EngineInputs, EngineMethod, EngineResults, WriteInput } from "./engine-methods.ts";
import { storeOfEngine } from "./store-of-engine.ts";
import { errorOfSent, type WorkerAnswer, type WorkerRequest } from "./worker-message.ts";

/** Objects of a write, copied into one buffer that is handed over: a copy of each by itself costs more than it holds. */
function packed(request: WorkerRequest): {
  readonly message: WorkerRequest;
  readonly transfer: readonly ArrayBuffer[];
} {
  if (!isWrite(request)) return { message: request, transfer: [] };
  const { id, method, input } = request;
  let length = 0;
  for (const { objects } of input.batches) for (const { bytes } of objects) length += bytes.length;
  const all = new Uint8Array(new ArrayBuffer(length));
  let at = 0;
  const place = (bytes: Uint8Array): Uint8Array => {
    const from = at;
    all.set(bytes, from);
    at += bytes.length;
    return all.subarray(from, at);
  };
  const batches = input.batches.map((batch) => ({
    ...batch,
    objects: batch.objects.map((object) => ({ ...object, bytes: place(object.bytes) })),
  }));
  return { message: { id, method, input: { ...input, batches } }, transfer: [all.buffer] };
}

function isWrite(request: WorkerRequest): request is WriteRequest {
  return "method" in request && request.method === "write";
}

interface WriteRequest {
  readonly id: number;
  readonly method: "write";
  readonly input: WriteInput;
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
    return await this.#send({ id: ++this.#lastId, method, input });
  }

  async close(): Promise<void> {
    if (this.#ended !== null) return;
    await this.#send({ id: ++this.#lastId, close: true });
    await this.#worker.terminate();
  }

  #send<Result>(request: WorkerRequest): Promise<Result> {
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
      const { message, transfer } = packed(request);
      this.#worker.postMessage(message, transfer);
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
export async function openWorkerStore(
  options: EngineHostOptions,
  clock: WallClock,
  random: (count: number) => Uint8Array,
): Promise<Store> {
  const worker = new EngineWorker(options);
  const apart = { ...options, adoptCopy: false };
  try {
    await worker.call("checkouts", undefined);
  } catch (error) {
    await worker.close().catch(() => undefined);
    throw error;
  }
  return storeOfEngine(
    (method, input) =>
      longMethods.has(method) ? callApart(apart, method, input) : worker.call(method, input),
    () => worker.close(),
    clock,
    random,
  );
}
