import { rememberCsrf, request } from "./request.ts";

/** Who writes from this page, and into which collection. */
export interface Session {
  readonly csrf: string;
  readonly actor: string;
  readonly collection: string;
}

/** Opens the session: writes carry its token from here on. */
export async function openSession(): Promise<Session> {
  const session = await request<Session>("/api/session");
  rememberCsrf(session.csrf);
  return session;
}
