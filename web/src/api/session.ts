import type { SessionValue } from "../../../src/http/schemas/session.ts";
import { rememberCsrf, request } from "./request.ts";

let present: SessionValue | null = null;

/** Opens the session: writes carry its token from here on. */
export async function openSession(): Promise<SessionValue> {
  present = await request<SessionValue>("/api/session");
  rememberCsrf(present.csrf);
  return present;
}

/** The session, once it is open. */
export function presentSession(): SessionValue | null {
  return present;
}
