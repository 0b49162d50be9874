import { type Actor, actorKinds } from "../domain/actors.ts";
import { readChoice, readText, readTextOrNull, readTuple } from "../snapshot/canonical-reading.ts";
import type { CanonicalValue } from "../snapshot/canonical-value.ts";

/** An actor as a list: name, kind, runtime, agent, model, session, standing. */
export function encodeActor(actor: Actor): CanonicalValue {
  return [actor.name, actor.kind, actor.runtime, actor.agentId, actor.modelId, actor.session, actor.standing];
}

export function decodeActor(value: CanonicalValue | undefined): Actor {
  const [name, kind, runtime, agentId, modelId, session, standing] = readTuple(value, 7);
  return {
    name: readText(name),
    kind: readChoice(kind, actorKinds),
    runtime: readTextOrNull(runtime),
    agentId: readTextOrNull(agentId),
    modelId: readTextOrNull(modelId),
    session: readTextOrNull(session),
    standing: readChoice(standing, ["claimed", "verified"]),
  };
}
