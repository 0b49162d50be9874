/**
 * Asks a server for something, with limits on everything that a server may do to its caller.
 *
 * - A login goes to the origin that it is for and to no other, also when the server sends on (RFC 9110, 15.4).
 * - What is asked over https is never answered over http.
 * - A server that fails, closes half way or asks to be left alone is asked again a few times, then it is an error.
 * - No error holds a login, a query or anything else of an address that may be secret.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { StetError } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import { upstreamFailure } from "./upstream-failure.ts";

export interface WebRequest {
  readonly url: string;
  /** The value of the header `authorization`, for this origin; absent for none. */
  readonly authorization?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal;
  /** Bytes so far, and in all where the server says so. */
  readonly progress?: (done: number, total: number | null) => void;
  /** How long the server may be silent, where not as long as the limit says. */
  readonly silenceMilliseconds?: number;
}

/** An answer that is being received. */
export interface WebAnswer {
  readonly url: string;
  readonly type: string;
  /** Throws when more comes than `bytesMax`, when nothing comes for too long, or when it ends too early. */
  readonly chunks: (bytesMax: number) => AsyncGenerator<Uint8Array>;
}

const triedAgain: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const backOffMilliseconds = 75;

/**
 * Asks, and hands the answer to `work`, which is called again when the answer breaks off. Throws E-UPSTREAM, and
 * what the signal was aborted with.
 */
export async function requested<Result>(
  request: WebRequest,
  work: (answer: WebAnswer) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attempted(request, work);
    } catch (error) {
      request.signal?.throwIfAborted();
      if (!(error instanceof Passing)) throw error;
      const wait = error.waitMilliseconds ?? backOffMilliseconds * 2 ** attempt;
      if (attempt >= limits.downloadAttemptsMax || wait > limits.retryAfterMillisecondsMax) throw error.told;
      await sleep(wait, undefined, request.signal === undefined ? {} : { signal: request.signal }).catch(
        () => {
          request.signal?.throwIfAborted();
        },
      );
    }
  }
}

/** A failure that may be over the next time. */
class Passing extends Error {
  readonly told: StetError;
  readonly waitMilliseconds: number | null;

  constructor(told: StetError, waitMilliseconds: number | null = null) {
    super(told.message);
    this.told = told;
    this.waitMilliseconds = waitMilliseconds;
  }
}

async function attempted<Result>(
  request: WebRequest,
  work: (answer: WebAnswer) => Promise<Result>,
): Promise<Result> {
  using watch = new Watch(request);
  try {
    const response = await followed(request, watch);
    return await work({
      url: response.url,
      type: response.headers.get("content-type") ?? "",
      chunks: (bytesMax) => received(request, response, watch, bytesMax),
    });
  } catch (error) {
    request.signal?.throwIfAborted();
    if (error instanceof StetError || error instanceof Passing || !isOfNetwork(error, watch)) throw error;
    throw new Passing(upstreamFailure(request.url, watch.expired ?? reasonOf(error)));
  }
}

/** Ends a request that takes too long, or whose server has been silent for too long. */
class Watch implements Disposable {
  readonly #controller = new AbortController();
  readonly #silence: number;
  readonly #whole: NodeJS.Timeout;
  readonly signal: AbortSignal;
  #timer: NodeJS.Timeout | null = null;
  expired: string | null = null;

  constructor({ signal, silenceMilliseconds }: WebRequest) {
    this.#silence = silenceMilliseconds ?? limits.downloadSilenceMillisecondsMax;
    const own = this.#controller.signal;
    this.signal = signal === undefined ? own : AbortSignal.any([signal, own]);
    this.#whole = setTimeout(() => this.#end("It took too long."), limits.downloadMillisecondsMax);
    this.heard();
  }

  /** Something came: the wait for the next begins anew. */
  heard(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end("The server fell silent."), this.#silence);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#whole);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#controller.abort();
  }

  #end(why: string): void {
    this.expired = why;
    this.#controller.abort();
  }
}

async function followed(request: WebRequest, watch: Watch): Promise<Response> {
  const first = withoutLogin(request);
  let { url } = first;
  for (let hops = 0; hops <= limits.redirectsMax; hops++) {
    const login = url.origin === first.url.origin ? first.authorization : undefined;
    const response = await fetch(url, {
      redirect: "manual",
      signal: watch.signal,
      headers: {
        // What is hashed is what is sent.
        "accept-encoding": "identity",
        accept: request.accept ?? "*/*",
        ...(login === undefined ? {} : { authorization: login }),
      },
    });
    watch.heard();
    const location = response.headers.get("location");
    if (!redirects.has(response.status) || location === null) {
      if (!response.ok) throw statusFailure(request.url, response);
      return response;
    }
    await response.body?.cancel();
    url = nextUrl(request.url, url, location);
  }
  throw upstreamFailure(request.url, `It was sent on more than ${limits.redirectsMax} times.`);
}

function nextUrl(address: string, from: URL, location: string): URL {
  const next = URL.parse(location, from.href);
  if (next === null || !isWeb(next))
    throw upstreamFailure(address, "It was sent on to what is no web address.");
  if (from.protocol === "https:" && next.protocol === "http:") {
    throw upstreamFailure(
      address,
      "It was sent on from https to http, where anybody on the way can change it.",
    );
  }
  // A login in an address that a server names is the server's, not the user's.
  next.username = "";
  next.password = "";
  return next;
}

/** The login that stands in an address becomes a header, as every browser does (RFC 7617). */
function withoutLogin({ url: address, authorization }: WebRequest): {
  url: URL;
  authorization: string | undefined;
} {
  const url = URL.parse(address);
  if (url === null || !isWeb(url)) throw upstreamFailure(address, "It is no web address.");
  const { username, password } = url;
  url.username = "";
  url.password = "";
  if (authorization !== undefined || username + password === "") return { url, authorization };
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url, authorization: `Basic ${Buffer.from(login).toString("base64")}` };
}

function isWeb(url: URL): boolean {
  return url.protocol === "https:" || url.protocol === "http:";
}

async function* received(
  request: WebRequest,
  response: Response,
  watch: Watch,
  bytesMax: number,
): AsyncGenerator<Uint8Array> {
  const said = Number(response.headers.get("content-length") ?? Number.NaN);
  const total = Number.isSafeInteger(said) ? said : null;
  if (total !== null && total > bytesMax) throw tooLarge(request.url, bytesMax);
  let done = 0;
  for await (const chunk of response.body ?? []) {
    watch.heard();
    done += chunk.length;
    if (done > bytesMax) throw tooLarge(request.url, bytesMax);
    request.progress?.(done, total);
    yield chunk;
  }
  if (total !== null && done < total) {
    throw new Passing(upstreamFailure(request.url, `It ended after ${done} of ${total} bytes.`));
  }
}

function tooLarge(address: string, bytesMax: number): StetError {
  return upstreamFailure(address, `It is larger than ${bytesMax} bytes.`);
}

function statusFailure(address: string, { status, headers }: Response): StetError | Passing {
  const isLimited = status === 429 || (status === 403 && headers.get("x-ratelimit-remaining") === "0");
  if (isLimited) {
    const wait = waitOf(headers);
    const when = wait === null ? "" : `; it asks for ${Math.ceil(wait / 1000)} seconds of patience`;
    return new Passing(
      upstreamFailure(address, `The server limits how often it is asked (${status})${when}.`),
      wait,
    );
  }
  if (status === 401 || status === 403) {
    return upstreamFailure(
      address,
      `The server wants a login that it was not given, or does not accept (${status}).`,
    );
  }
  if (status === 404 || status === 410)
    return upstreamFailure(address, `The server has nothing there (${status}).`);
  const told = upstreamFailure(address, `The server answered with ${status}.`);
  return triedAgain.has(status) ? new Passing(told, waitOf(headers)) : told;
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3); else when GitHub's limit begins anew. */
function waitOf(headers: Headers): number | null {
  const after = headers.get("retry-after");
  if (after !== null && /^\d+$/.test(after)) return Number(after) * 1000;
  const answeredAt = Date.parse(headers.get("date") ?? "");
  const until =
    after === null ? Number(headers.get("x-ratelimit-reset") ?? Number.NaN) * 1000 : Date.parse(after);
  return Number.isNaN(until) || Number.isNaN(answeredAt) ? null : Math.max(0, until - answeredAt);
}

/** What fetch throws for the network is a TypeError with the cause in it; a body that breaks off is one as well. */
function isOfNetwork(error: unknown, watch: Watch): boolean {
  return (
    watch.expired !== null ||
    (error instanceof TypeError && (error.cause !== undefined || /fetch|terminated/.test(error.message)))
  );
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error)) return "The connection broke off.";
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "The name of the server cannot be found: there may be no network.";
    case "ECONNREFUSED":
      return "The server refuses the connection.";
    case "UND_ERR_SOCKET":
    case "ECONNRESET":
    case "EPIPE":
      return "The server closed the connection half way.";
    default:
      return `The connection failed (${code === "" ? cause.message : code}).`;
  }
}
