/** Who made a change. */
export interface Actor {
  /** What people see: `ana`, `claude-code`, `git`, `unknown`. */
  readonly name: string;
  readonly kind: ActorKind;
  /** The runtime it worked in: `claude`, `codex`; null where none is known. */
  readonly runtime: string | null;
  readonly agentId: string | null;
  readonly modelId: string | null;
  readonly session: string | null;
  /** `verified` by a token or a signature, else `claimed` by a flag, the environment or a hook. */
  readonly standing: ActorStanding;
}

export const actorKinds = ["person", "agent", "git", "stet", "unknown"] as const;
export type ActorKind = (typeof actorKinds)[number];
export type ActorStanding = "claimed" | "verified";

/** The writer of a disk edit that nobody claimed. Never the person at the keyboard: that would be a guess (P7). */
export const unknownActor: Actor = {
  name: "unknown",
  kind: "unknown",
  runtime: null,
  agentId: null,
  modelId: null,
  session: null,
  standing: "claimed",
};

/** An actor with the given name and kind and nothing else known. */
export function claimedActor(name: string, kind: ActorKind): Actor {
  return { ...unknownActor, name, kind };
}

/** Whether two actors are the same for `undo` without an argument: name, kind, agent and session agree. */
export function sameActor(one: Actor, other: Actor): boolean {
  return (
    one.name === other.name &&
    one.kind === other.kind &&
    one.agentId === other.agentId &&
    one.session === other.session
  );
}
