/**
 * Making a folder a checkout of a collection that the store has already.
 *
 * Invariants:
 * - nothing on disk changes but stet's own work folder;
 * - the checkout gets a branch that no other checkout has on disk;
 * - that branch begins at a version of which nothing is missing here, so that what this folder never had is
 *   not taken for deleted when the branches are merged.
 */
import { basename } from "node:path";
import { type CommitId, type OperationId, randomId } from "../../domain/ids.ts";
import type { RefMove } from "../../domain/operations.ts";
import type { Checkout } from "../../store/checkout-store.ts";
import type { Store } from "../../store/store.ts";
import type { Disk } from "../../workspace/disk.ts";
import { readGitState } from "../../workspace/git-state.ts";
import { lockPlaces } from "../../workspace/lock.ts";
import { scanPlace } from "../../workspace/scan.ts";
import type { CallOptions, Environment } from "../environment.ts";
import { branchNameProblem } from "../record/branch-name.ts";
import { madeNothing } from "../record/made-nothing.ts";
import { callingActor } from "./actor.ts";
import { folderIdentity } from "./find-checkout.ts";
import type { Located } from "./locate.ts";
import { presentAt } from "./present.ts";
import { rootPlace } from "./root-place.ts";

/** Versions that are looked at to find where the branch begins. */
const versionsMax = 64;

export interface JoinPlan {
  readonly branch: string;
  /** Null where no version that is near has all its files here: the branch then begins with what is here. */
  readonly commit: CommitId | null;
  readonly isNewBranch: boolean;
}

export interface JoinedCheckout {
  readonly checkout: Checkout;
  /** Null where another process had joined it meanwhile. */
  readonly operation: OperationId | null;
}

/** Where the checkout would begin. Reads only. */
export async function planJoin(
  environment: Environment,
  store: Store,
  disk: Disk,
  located: Located,
  sibling: Checkout | null,
): Promise<JoinPlan> {
  const { id } = located.file;
  const heads = new Map(
    (await store.history.refs(id)).flatMap(({ name, commit }) =>
      name.startsWith(`${id}/heads/`) ? [[name.slice(`${id}/heads/`.length), commit] as const] : [],
    ),
  );
  const held = new Set(
    (await store.checkouts.checkouts()).filter((one) => one.collection === id).map((one) => one.branch),
  );
  const free = [...heads.keys()].find((name) => !held.has(name));
  const wanted = held.size === 0 && free !== undefined ? free : preferredBranch(disk, located);
  const newest = sibling?.materialised ?? heads.get(wanted) ?? heads.get("main") ?? [...heads.values()][0];
  const commit = await wholeVersion(environment, store, disk, located, newest ?? null);
  const isTaken = (name: string) => held.has(name) || (heads.has(name) && heads.get(name) !== commit);
  let branch = wanted;
  for (let number = 2; isTaken(branch); number++) branch = `${wanted}-${number}`;
  return { branch, commit, isNewBranch: !heads.has(branch) };
}

/** The branch that git is on, else the name of the folder. */
function preferredBranch(disk: Disk, located: Located): string {
  const names = [readGitState(disk, located.base)?.headBranch ?? "", basename(located.base)];
  const safe = names.map((name) =>
    name.replace(/[^\p{L}\p{N}._/-]+/gu, "-").replace(/^[^\p{L}\p{N}_]+/u, ""),
  );
  return safe.find((name) => branchNameProblem(name) === null) ?? "checkout";
}

/** The newest of a commit and those before it of which every file is here, whatever it holds. */
async function wholeVersion(
  environment: Environment,
  store: Store,
  disk: Disk,
  located: Located,
  newest: CommitId | null,
): Promise<CommitId | null> {
  const id = randomId("checkout", environment.random(20));
  const place = rootPlace({ id, root: located.root, base: located.base }, located.scope);
  const scan = await scanPlace({ disk, place, index: [], clock: environment.clock });
  const here = new Set([...scan.files.keys(), ...scan.blocked.map((one) => one.path)]);
  let commit = newest;
  for (let looked = 0; commit !== null && looked < versionsMax; looked++) {
    const { entries } = await presentAt(store, commit);
    if ([...entries.keys()].every((path) => here.has(path))) return commit;
    commit = (await store.history.commit(commit))?.parents[0] ?? null;
  }
  return null;
}

/**
 * Makes the folder a checkout. What it holds differently is an edit of its own, captured by the next look.
 *
 * @param why goes into the operation: `worktree`, `confirmed`.
 */
export async function joinCheckout(
  environment: Environment,
  store: Store,
  disk: Disk,
  located: Located,
  join: { readonly sibling: Checkout | null; readonly why: string; readonly options: CallOptions },
): Promise<JoinedCheckout> {
  const id = randomId("checkout", environment.random(20));
  const { root, base, file } = located;
  const place = rootPlace({ id, root, base }, located.scope);
  const { processId, host, random } = environment;
  await using _lock = await lockPlaces({
    disk,
    places: [place],
    holder: { processId, host, command: "stet" },
    random,
  });
  // Another process may have joined it while this one waited.
  const known = (await store.checkouts.checkouts()).find(
    (one) => one.root === root && one.collection === file.id,
  );
  if (known !== undefined) return { checkout: known, operation: null };
  const { branch, commit, isNewBranch } = await planJoin(environment, store, disk, located, join.sibling);
  const checkout: Checkout = {
    id,
    collection: file.id,
    name: file.name,
    base,
    root,
    ...folderIdentity(root),
    branch,
    materialised: commit,
    gitHead: null,
  };
  const refs: RefMove[] = [];
  if (commit !== null) {
    if (isNewBranch) refs.push({ name: `${file.id}/heads/${branch}`, before: null, after: commit });
    refs.push({ name: `${file.id}/checkouts/${id}`, before: null, after: commit });
  }
  const operation = randomId("operation", random(20));
  await store.write(
    [
      {
        objects: [],
        operation: {
          id: operation,
          collections: [file.id],
          actor: callingActor(environment, join.options.claims),
          kind: "init",
          reason: join.options.claims?.reason ?? null,
          message: null,
          refs,
          changes: [],
          undoes: null,
          group: null,
          details: { ...madeNothing, joined: join.why, root, branch },
        },
        openConflicts: [],
        settleConflicts: [],
        pins: [],
        unpins: [],
      },
    ],
    { local: { checkouts: [checkout] }, whole: true },
  );
  return { checkout, operation };
}
