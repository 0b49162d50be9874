import type { Checkout } from "../../store/checkout-store.ts";
import type { Store } from "../../store/store.ts";
import { nodeDisk } from "../../workspace/node-disk.ts";
import type { CallOptions, Environment } from "../environment.ts";
import { callingActor } from "./actor.ts";
import { scopeOfCheckout } from "./find-checkout.ts";
import type { Located } from "./locate.ts";
import { Workbench } from "./workbench.ts";

/**
 * A workbench for a checkout whose collection file is not there to read: it names no targets, so that nothing
 * outside the root is looked at.
 */
export function benchOfCheckout(
  environment: Environment,
  store: Store,
  checkout: Checkout,
  input: CallOptions,
): Workbench {
  const located: Located = {
    scope: scopeOfCheckout(environment, checkout),
    base: checkout.base,
    root: checkout.root,
    file: {
      id: checkout.collection,
      name: checkout.name,
      targets: [],
      allow: [],
      upstreams: [],
      observed: [],
    },
    fileText: "",
  };
  const actor = callingActor(environment, input.claims);
  const disk = nodeDisk({ platform: environment.platform });
  return new Workbench({ environment, store, disk, located, actor, checkout, isReadOnly: false });
}
