import { createHash, timingSafeEqual } from "node:crypto";

/** A browser that came in by a one-time link. */
export interface Session {
  readonly csrf: string;
}

const linkLifeMilliseconds = 120_000;
const linksMax = 64;
const sessionsMax = 256;
export const sessionCookie = "stet_session";

/**
 * Who may use the page.
 *
 * Invariants: a one-time token is good once and for two minutes; a session's cookie is never stored, only its hash.
 */
export class Sessions {
  readonly #random: (count: number) => Uint8Array;
  readonly #links = new Map<string, number>();
  readonly #sessions = new Map<string, Session>();

  constructor(random: (count: number) => Uint8Array) {
    this.#random = random;
  }

  /** A token for one link. */
  link(): string {
    const token = this.#secret();
    this.#links.set(hashOf(token), performance.now() + linkLifeMilliseconds);
    dropOldest(this.#links, linksMax);
    return token;
  }

  /** Trades a one-time token for a cookie; null where it is not good any more. */
  trade(token: string): string | null {
    const key = hashOf(token);
    const until = this.#links.get(key);
    this.#links.delete(key);
    if (until === undefined || until < performance.now()) return null;
    const cookie = this.#secret();
    this.#sessions.set(hashOf(cookie), { csrf: this.#secret() });
    dropOldest(this.#sessions, sessionsMax);
    return cookie;
  }

  ofCookie(cookie: string): Session | null {
    return this.#sessions.get(hashOf(cookie)) ?? null;
  }

  #secret(): string {
    return Buffer.from(this.#random(32)).toString("base64url");
  }
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

function dropOldest(map: Map<string, unknown>, max: number): void {
  for (const key of map.keys()) {
    if (map.size <= max) return;
    map.delete(key);
  }
}

/** Compares without telling by the time it takes how much of it was right. */
export function sameSecret(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(one)), Buffer.from(hashOf(other)));
}
