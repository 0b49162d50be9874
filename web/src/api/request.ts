import { ApiError } from "./api-error.ts";

type Query = Readonly<Record<string, string | undefined>>;

export interface RequestOptions {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** Sent again after a lost answer, a write with the same key changes nothing. */
  readonly idempotencyKey?: string;
}

/** What the session lent for writes; set once the session is known. */
let csrf: string | null = null;

export function rememberCsrf(token: string | null): void {
  csrf = token;
}

/**
 * Asks the server and gives the JSON of its answer, typed by whoever knows the route. Throws ApiError for every answer
 * that is not a 2xx, and with status 0 where there was none.
 */
export async function request<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  const { status, text } = await send(path, options);
  const json = jsonOf(text);
  if (json === undefined) throw new ApiError(status, null);
  return json;
}

/** The same for what is no JSON: the text of the answer. */
export async function requestText(path: string, options: RequestOptions = {}): Promise<string> {
  return (await send(path, options)).text;
}

async function send(
  path: string,
  options: RequestOptions,
): Promise<{ readonly status: number; readonly text: string }> {
  const { method = "GET", body, signal } = options;
  const answer = await fetch(withQuery(path, options.query), {
    method,
    headers: headersOf(options),
    credentials: "same-origin",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    throw new ApiError(0, null);
  });
  const text = await answer.text();
  if (!answer.ok) throw new ApiError(answer.status, jsonOf(text) ?? null);
  return { status: answer.status, text };
}

function headersOf({ method = "GET", body, idempotencyKey }: RequestOptions): Record<string, string> {
  return {
    accept: "application/json",
    ...(method === "GET" || csrf === null ? {} : { "x-stet-csrf": csrf }),
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
  };
}

function withQuery(path: string, query: Query = {}): string {
  const given = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

function jsonOf(text: string) {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
