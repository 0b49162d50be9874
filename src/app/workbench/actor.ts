import { type Actor, claimedActor } from "../../domain/actors.ts";
import { ambientActor } from "../../runtimes/callers/ambient-actor.ts";
import type { CallerClaims, Environment } from "../environment.ts";
import { userSettings } from "./user-settings.ts";

/**
 * Who calls: what flags say, else what a runtime's own variables show, else the person.
 * All of it is claimed, but for a person whom a token verified.
 */
export function callingActor(environment: Environment, claims: CallerClaims = {}): Actor {
  const ambient = claims.from === undefined ? ambientActor(environment.variables) : null;
  const agent = claims.agent ?? ambient?.agentId ?? null;
  const runtime = ambient?.runtime ?? null;
  const isAgent = claims.agent !== undefined || (claims.actor === undefined && ambient !== null);
  const name = claims.actor ?? (isAgent ? (agent ?? runtime ?? "agent") : personName(environment));
  const isVerified = claims.from === "verified" && !isAgent && claims.actor === undefined;
  return {
    ...claimedActor(name, isAgent ? "agent" : "person"),
    standing: isVerified ? "verified" : "claimed",
    runtime,
    agentId: agent,
    modelId: claims.model ?? ambient?.modelId ?? null,
    session: claims.session ?? ambient?.session ?? null,
  };
}

/** The name that the person chose in their settings, else that of their session. */
function personName(environment: Environment): string {
  const { values } = userSettings(environment);
  return values["actor.name"] ?? environment.user;
}
