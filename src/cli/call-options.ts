import { type CallerClaims, type CallOptions, type Scope, scopes } from "../app/environment.ts";
import type { Input } from "./input.ts";
import type { Terminal } from "./terminal.ts";
import { usageError } from "./usage-error.ts";

/** What every use case is told: who calls, which collection is meant, and whether there is somebody to ask. */
export function callOptions(input: Input, terminal: Terminal): CallOptions {
  const claims: CallerClaims = withoutAbsent({
    actor: input.text("actor"),
    agent: input.text("agent"),
    model: input.text("model"),
    session: input.text("session"),
    reason: input.text("reason"),
  });
  return withoutAbsent({
    claims,
    scope: scopeOf(input),
    yes: input.flag("yes") ? true : undefined,
    confirm: terminal.confirm,
  });
}

function scopeOf(input: Input): Scope | undefined {
  const named = scopes.find((scope) => scope === input.text("scope"));
  const chosen = new Set<Scope>(named === undefined ? [] : [named]);
  if (input.flag("user")) chosen.add("user");
  if (input.flag("local")) chosen.add("local");
  if (chosen.size > 1) {
    throw usageError(
      "More than one scope was given.",
      `The options name ${[...chosen].join(" and ")}, and a command works in one.`,
    );
  }
  return [...chosen][0];
}

type WithoutAbsent<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** Leaves out the fields that are undefined: for a use case an absent field and an undefined one differ. */
export function withoutAbsent<Fields extends object>(fields: Fields): WithoutAbsent<Fields> {
  const present: WithoutAbsent<Fields> = { ...fields };
  for (const name in present) if (present[name] === undefined) delete present[name];
  return present;
}
