import type { Actor } from "../../domain/actors.ts";
import type { ProcessSign, Runtime } from "../table/runtime.ts";
import { runtimes } from "../table/table.ts";

/** What the environment or a hook tells of the one who acts. All of it is claimed. */
export type ActorFields = Pick<Actor, "runtime" | "agentId" | "modelId" | "session">;

/**
 * Which runtime this process was started by, from the variables that runtimes set for their children; null
 * where none is seen: then it is a person's shell, as far as anybody can tell.
 *
 * How sure each variable is stands beside it in the table (`processSigns`). Where the signs of two runtimes
 * are there (one started the other) the order cannot be told: an agent, of no known runtime (P7).
 */
export function ambientActor(variables: Readonly<Record<string, string | undefined>>): ActorFields | null {
  const seen = runtimes.filter((runtime) => runtime.processSigns.some((sign) => isSet(variables, sign)));
  const [runtime] = seen;
  if (runtime === undefined) return null;
  if (seen.length > 1) return { runtime: null, agentId: null, modelId: null, session: null };
  return {
    runtime: runtime.id,
    agentId: told(variables, runtime, "agent"),
    modelId: told(variables, runtime, "model"),
    session: told(variables, runtime, "session"),
  };
}

function told(
  variables: Readonly<Record<string, string | undefined>>,
  runtime: Runtime,
  tells: ProcessSign["tells"],
): string | null {
  const sign = runtime.processSigns.find((one) => one.tells === tells && isSet(variables, one));
  return sign === undefined ? null : (variables[sign.variable] ?? null);
}

function isSet(variables: Readonly<Record<string, string | undefined>>, { variable }: ProcessSign): boolean {
  const value = variables[variable];
  return value !== undefined && value !== "" && value !== "0";
}
