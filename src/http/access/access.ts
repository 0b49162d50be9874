import { StetError } from "../../domain/errors.ts";
import { hostName, isLoopbackName, isOwnHost } from "./hosts.ts";
import { type Session, type Sessions, sameSecret } from "./sessions.ts";

/** What the server was started with. */
export interface AccessRules {
  readonly listensOn: string;
  readonly requireToken: boolean;
  readonly token: string;
}

/** What a request shows of who sent it. */
export interface Showing {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
  readonly csrf: string | undefined;
}

export type Caller =
  | { readonly kind: "session"; readonly session: Session }
  | { readonly kind: "token" }
  /** A program on this machine that showed nothing. */
  | { readonly kind: "machine" };

export type Decision =
  | { readonly caller: Caller }
  | { readonly refused: StetError; readonly status: 401 | 403; readonly reason: string };

/** Whether the server answers to that Host at all, whatever is asked for. */
export function refusedHost(rules: AccessRules, host: string | undefined): Decision | null {
  const name = hostName(host);
  if (name !== null && isOwnHost(name, rules.listensOn)) return null;
  return refused(
    403,
    "bad_host",
    "The server does not go by that name.",
    "A page elsewhere may have led it here.",
  );
}

/** Who sends a request to the API, or why it is refused. The host is checked before. */
export function decideAccess(rules: AccessRules, sessions: Sessions, showing: Showing): Decision {
  const foreign = foreignPage(showing);
  if (foreign !== null) return foreign;
  const bearer = /^Bearer +(\S+)$/i.exec(showing.authorization ?? "")?.[1];
  if (bearer !== undefined) {
    if (sameSecret(bearer, rules.token)) return { caller: { kind: "token" } };
    return refused(
      401,
      "bad_token",
      "The token is not this server's.",
      "Another server may have made a new one.",
    );
  }
  if (showing.cookie !== undefined) {
    const session = sessions.ofCookie(showing.cookie);
    if (session !== null) return withCsrf(showing, session);
  }
  const isProgram =
    showing.origin === undefined && showing.fetchSite === undefined && showing.cookie === undefined;
  const name = hostName(showing.host) ?? "";
  const isHere = isLoopbackName(rules.listensOn) && isLoopbackName(name);
  if (isProgram && isHere && !rules.requireToken) return { caller: { kind: "machine" } };
  return refused(
    401,
    "no_access",
    "The server does not know who asks.",
    "Neither a session nor a token was sent.",
  );
}

function foreignPage({ origin, host, fetchSite }: Showing): Decision | null {
  const isForeign = origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
  const isCross = fetchSite !== undefined && fetchSite !== "same-origin" && fetchSite !== "none";
  if (!isForeign && !isCross) return null;
  return refused(403, "bad_origin", "A page of another origin asks.", "Only the server's own page may.");
}

function withCsrf({ method, csrf }: Showing, session: Session): Decision {
  const reads = method === "GET" || method === "HEAD";
  if (reads || (csrf !== undefined && sameSecret(csrf, session.csrf)))
    return { caller: { kind: "session", session } };
  return refused(
    403,
    "csrf",
    "The page did not show that it is this server's.",
    "X-Stet-CSRF is missing or not right.",
  );
}

function refused(status: 401 | 403, reason: string, what: string, why: string): Decision {
  const error = new StetError({
    code: "E-ACCESS",
    what,
    where: "the request",
    why,
    kept: "Nothing was read or written.",
    fixes: [{ cmd: "stet open", summary: "open the page with a link of its own" }],
  });
  return { refused: error, status, reason };
}
