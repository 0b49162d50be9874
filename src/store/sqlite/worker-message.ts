import { type ErrorSlots, StetError } from "../../domain/errors.ts";
import type { EngineInputs, EngineMethod } from "./engine-methods.ts";
import type { PackedWrite } from "./packed-write.ts";

/** What goes to the engine's thread. Requests are answered in any order; `id` tells which answer is whose. */
export type WorkerRequest =
  | { readonly id: number; readonly close: true }
  | { readonly id: number; readonly write: PackedWrite }
  | MethodRequest;

export interface MethodRequest {
  readonly id: number;
  readonly method: EngineMethod;
  readonly input: EngineInputs[EngineMethod];
}

/** The sender knows nothing of the result's type; the receiver takes it for what it asked for. */
export type WorkerAnswer<Result> =
  | { readonly id: number; readonly result: Result }
  | { readonly id: number; readonly error: SentError };

/** An error on its way between threads: a class does not survive the journey. */
export interface SentError {
  readonly slots: ErrorSlots | null;
  readonly message: string;
  readonly stack: string;
}

export function sendableError(error: unknown): SentError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const slots =
    error instanceof StetError
      ? {
          code: error.code,
          what: error.what,
          where: error.where,
          why: error.why,
          kept: error.kept,
          fixes: error.fixes,
        }
      : null;
  return { slots, message, stack: stack ?? "" };
}

export function errorOfSent(sent: SentError): Error {
  const cause = { cause: sent.stack };
  return sent.slots === null ? new Error(sent.message, cause) : new StetError(sent.slots, cause);
}
