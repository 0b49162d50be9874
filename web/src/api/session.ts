import type { SessionValue } from "../../../src/http/schemas/session.ts";
import { rememberCsrf, request } from "./request.ts";

/** Opens the session: writes carry its token from here on. */
export async function openSession(): Promise<SessionValue> {
  const session = await request<SessionValue>("/api/session");
  rememberCsrf(session.csrf);
  return session;
}
