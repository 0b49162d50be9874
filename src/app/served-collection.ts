import type { Actor } from "../domain/actors.ts";
import { StetError } from "../domain/errors.ts";
import type { CollectionId } from "../domain/ids.ts";
import type { CallOptions, Environment, Scope } from "./environment.ts";
import { type Answer, answer } from "./outcomes.ts";
import { callingActor } from "./workbench/actor.ts";
import { scopeOfCheckout } from "./workbench/find-checkout.ts";
import { locateCollection } from "./workbench/locate.ts";
import { onWorkbench, openExistingStore } from "./workbench/workbench.ts";

export interface ServedCollection {
  readonly id: CollectionId;
  readonly name: string;
  readonly scope: Scope;
  readonly targets: readonly string[];
  readonly branch: string;
  readonly actor: Actor;
}

/** The collection that calls with these options work on, and as whom. Looks at no file of it. */
export async function servedCollection(
  environment: Environment,
  options: CallOptions = {},
): Promise<Answer<ServedCollection>> {
  return await onWorkbench(environment, { ...options, reads: true }, async (bench) =>
    answer({
      id: bench.collection,
      name: bench.located.file.name,
      scope: bench.located.scope,
      targets: bench.located.file.targets,
      branch: bench.checkout.branch,
      actor: bench.actor,
    }),
  );
}

/** Who calls, also where there is no collection. */
export function callerOf(environment: Environment, options: CallOptions): Actor {
  return callingActor(environment, options.claims);
}

/** The environment in which another collection of this store is the one that is worked on. Throws E-NOT-FOUND. */
export async function environmentOf(
  environment: Environment,
  collection: string,
): Promise<{ readonly environment: Environment; readonly scope: Scope }> {
  const store = await openExistingStore(environment);
  try {
    const all = (await store?.checkouts.checkouts()) ?? [];
    const own = await locateCollection(environment, "project");
    const named = all.filter((one) => one.collection === collection || one.name === collection);
    const found = named.find((one) => one.root === own?.root) ?? named[0];
    if (found === undefined) throw unknownCollection(collection);
    return {
      environment: { ...environment, workingFolder: found.base },
      scope: scopeOfCheckout(environment, found),
    };
  } finally {
    await store?.close();
  }
}

function unknownCollection(collection: string): StetError {
  return new StetError({
    code: "E-NOT-FOUND",
    what: "The store has no collection of that name here.",
    where: collection,
    why: "It is neither the name nor the id of a checkout on this machine.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet status", summary: "see the collection of a folder" }],
  });
}
