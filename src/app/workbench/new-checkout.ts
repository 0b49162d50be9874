import type { Checkout } from "../../store/checkout-store.ts";
import type { Disk } from "../../workspace/disk.ts";
import { readGitState } from "../../workspace/git-state.ts";
import { folderIdentity } from "./find-checkout.ts";
import type { Located } from "./locate.ts";

/** The first checkout of a collection that begins here. */
export function newCheckout(disk: Disk, located: Located, id: Checkout["id"]): Checkout {
  const { base, root, file, scope } = located;
  const git = scope === "local" ? null : readGitState(disk, base);
  return {
    id,
    collection: file.id,
    name: file.name,
    base,
    root,
    ...folderIdentity(root),
    branch: "main",
    materialised: null,
    gitHead: git?.headCommit ?? null,
  };
}
