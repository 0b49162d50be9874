import type { CollectionId } from "../../domain/ids.ts";
import type { PlacesLock } from "../../workspace/lock.ts";
import { captureRoot } from "../capture/capture.ts";
import { scopeOfCheckout } from "./find-checkout.ts";
import { locateCollection } from "./locate.ts";
import { lockCheckout, recoverCheckout } from "./recover-checkout.ts";
import { Workbench } from "./workbench.ts";

/** A second collection of the same project, locked together with the first. */
export interface SiblingBench extends AsyncDisposable {
  readonly bench: Workbench;
}

/**
 * Opens another collection of the bench's project (its private drafts, or from there the project), locks it and
 * captures what changed in it. Null where it is not here any more. The bench itself must be locked.
 */
export async function openSibling(bench: Workbench, collection: CollectionId): Promise<SiblingBench | null> {
  const { environment, store, disk, actor, isReadOnly } = bench;
  const { base } = bench.checkout;
  const checkout = (await store.checkouts.checkouts()).find(
    (one) => one.collection === collection && one.base === base,
  );
  if (checkout === undefined) return null;
  const scope = scopeOfCheckout(environment, checkout);
  const located = await locateCollection({ ...environment, workingFolder: base }, scope);
  if (located?.file.id !== collection || located.root !== checkout.root) return null;
  const sibling = new Workbench({ environment, store, disk, located, actor, checkout, isReadOnly });
  const own = bench.lock;
  const lock = await lockCheckout(sibling);
  try {
    const both: PlacesLock = { ...lock, works: [...own.works, ...lock.works] };
    bench.holdLock(both);
    await recoverCheckout(sibling);
    await captureRoot(sibling, { loss: "refuse" });
  } catch (error) {
    bench.holdLock(own);
    lock.release();
    throw error;
  }
  return {
    bench: sibling,
    [Symbol.asyncDispose]: async () => {
      bench.holdLock(own);
      lock.release();
    },
  };
}
