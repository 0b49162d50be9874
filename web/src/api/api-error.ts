/** The five slots of an error, and its code. */
export interface ErrorSlots {
  readonly code: string;
  readonly what: string;
  readonly where: string;
  readonly why: string;
  readonly kept: string;
  readonly fixes: readonly { readonly cmd: string; readonly summary: string }[];
  /** Said by the page in its reader's language; what a server says is English. */
  readonly isOwn: boolean;
}

/** What kept a request from its answer: the server's refusal, or that there was none. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  /** The body of the answer, for the outcomes that a caller expects; null where there was none. */
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(`the server answered ${status}`);
    this.status = status;
    this.body = body;
  }

  /** No answer came: the server is gone, or the way to it. */
  get isOffline(): boolean {
    return this.status === 0;
  }
}

/** The texts that the page says itself, where no server did. */
export interface OwnErrorWords {
  readonly offlineWhat: string;
  readonly offlineWhy: string;
  readonly offlineKept: string;
  readonly badAnswerWhat: string;
  readonly badAnswerWhy: (answer: { status: number }) => string;
}

/** What to show of anything that was thrown while asking the server. */
export function slotsOf(error: unknown, words: OwnErrorWords): ErrorSlots {
  const own = { code: "", where: "", kept: words.offlineKept, fixes: [], isOwn: true };
  if (!(error instanceof ApiError)) return { ...own, what: words.badAnswerWhat, why: String(error) };
  if (error.isOffline) return { ...own, what: words.offlineWhat, why: words.offlineWhy };
  const { body, status } = error;
  const what = textAt(body, "what") || textAt(body, "reason");
  if (what === "") return { ...own, what: words.badAnswerWhat, why: words.badAnswerWhy({ status }) };
  return {
    code: textAt(body, "code"),
    what,
    where: textAt(body, "where"),
    why: textAt(body, "why"),
    kept: textAt(body, "kept"),
    fixes: fixesOf(body),
    isOwn: false,
  };
}

function fieldOf(body: unknown, key: string): unknown {
  return typeof body === "object" && body !== null ? Reflect.get(body, key) : undefined;
}

function textAt(body: unknown, key: string): string {
  const value = fieldOf(body, key);
  return typeof value === "string" ? value : "";
}

function fixesOf(body: unknown): ErrorSlots["fixes"] {
  const fixes = fieldOf(body, "fixes");
  if (!Array.isArray(fixes)) return [];
  return fixes
    .map((fix: unknown) => ({ cmd: textAt(fix, "cmd"), summary: textAt(fix, "summary") }))
    .filter(({ cmd }) => cmd !== "");
}
