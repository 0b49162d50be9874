import type { Actor } from "../../domain/actors.ts";
import { shortId } from "./short-id.ts";

/**
 * An actor in one phrase: name, then what is known of runtime, agent, model and session, then whether that was
 * verified or only claimed. git and unknown writers stand by their name: there is nothing to claim.
 */
export function shownActor(actor: Actor): string {
  if (actor.kind === "git" || actor.kind === "unknown" || actor.kind === "stet") return actor.name;
  const known = [
    actor.runtime === actor.name ? null : actor.runtime,
    actor.agentId === actor.name ? null : actor.agentId,
    actor.modelId,
    actor.session === null ? null : `session ${shortSession(actor.session)}`,
    actor.standing,
  ];
  return `${actor.name} (${known.filter((one) => one !== null).join(", ")})`;
}

function shortSession(session: string): string {
  return session.length > 12 ? shortId(session).slice(0, 8) : session;
}
