import { microsFromIso } from "../../domain/clock.ts";
import { StetError } from "../../domain/errors.ts";
import {
  type BlobId,
  type CommitId,
  type NodeId,
  type OperationId,
  parseHashId,
  parseRandomId,
} from "../../domain/ids.ts";
import type { Operation, RefName } from "../../domain/operations.ts";
import type { OperationQuery } from "../../store/history-store.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { operationsBackward } from "./operations-backward.ts";

/** What an id or a time in a command stands for. */
export type Point =
  | { readonly kind: "blob"; readonly id: BlobId }
  | { readonly kind: "version"; readonly id: NodeId }
  | { readonly kind: "commit"; readonly id: CommitId }
  | { readonly kind: "operation"; readonly operation: Operation; readonly commit: CommitId | null }
  | { readonly kind: "time"; readonly commit: CommitId | null };

const prefixPattern = /^(?:sha256:|op_)?[0-9a-z]{8,}$/;

/**
 * Reads an id (of a blob, version, commit or operation, in that order), a unique prefix of one of at least
 * 8 characters, the name of a pin or branch, or an ISO 8601 time.
 * Throws E-NOT-FOUND and E-AMBIGUOUS.
 */
export async function readPoint(bench: Workbench, text: string): Promise<Point> {
  const pin = (await bench.store.history.pins(bench.collection)).find((one) => one.name === text);
  if (pin !== undefined) return { kind: "commit", id: pin.commit };
  const branch = await bench.store.history.ref(`${bench.collection}/heads/${text}`);
  if (branch !== undefined) return { kind: "commit", id: branch };
  const time = microsFromIso(text);
  if (time !== undefined) return { kind: "time", commit: await commitBefore(bench, { until: time }) };
  if (!prefixPattern.test(text)) throw unknownPoint(text, "It is neither an id, a pin, a branch nor a time.");
  const [first, second] = preferred(await bench.store.history.resolve(text));
  if (first === undefined) throw unknownPoint(text, "Nothing in the store has an id that begins so.");
  if (second !== undefined) throw ambiguousPoint(text);
  switch (first.kind) {
    case "blob":
      return { kind: "blob", id: known(parseHashId<BlobId>(first.id), text) };
    case "node":
      return { kind: "version", id: known(parseHashId<NodeId>(first.id), text) };
    case "commit":
      return { kind: "commit", id: known(parseHashId<CommitId>(first.id), text) };
    case "operation": {
      const operation = await operationById(bench, first.id);
      return { kind: "operation", operation, commit: await commitAfter(bench, operation) };
    }
  }
}

/** The operation of an id or a unique prefix. Throws E-NOT-FOUND and E-AMBIGUOUS. */
export async function readOperation(bench: Workbench, text: string): Promise<Operation> {
  const whole = parseRandomId("operation", text);
  if (whole !== undefined) return await operationById(bench, whole);
  const point = await readPoint(bench, text);
  if (point.kind === "operation") return point.operation;
  throw unknownPoint(text, "It is not the id of an operation.");
}

/**
 * The commit that a branch stood at after an operation: the one that it moved, else the one here. Null where there
 * was none yet.
 */
async function commitAfter(bench: Workbench, operation: Operation): Promise<CommitId | null> {
  const move = operation.refs.find(({ name, after }) => name.includes("/heads/") && after !== null);
  return move?.after ?? (await commitBefore(bench, { beforeSequence: operation.sequence + 1 }));
}

/** The commit of a point; a blob or version of one artifact has none. */
export async function commitOf(bench: Workbench, text: string): Promise<CommitId | null> {
  const point = await readPoint(bench, text);
  if (point.kind === "commit") return point.id;
  if (point.kind === "operation" || point.kind === "time") return point.commit;
  throw unknownPoint(text, "It is a file or an artifact's version, not a state of the collection.");
}

type Bound = Pick<OperationQuery, "until" | "beforeSequence">;

/** Where the branch stood at a point of the log. Before it began, what it began from stands for it. */
async function commitBefore(bench: Workbench, bound: Bound): Promise<CommitId | null> {
  const tried = new Set<string>();
  for (let branch: string | undefined = bench.checkout.branch; branch !== undefined; ) {
    if (tried.has(branch)) return null;
    tried.add(branch);
    const ref: RefName = `${bench.collection}/heads/${branch}`;
    for await (const operation of operationsBackward(bench, bound)) {
      const move = operation.refs.find((one) => one.name === ref);
      if (move !== undefined) return move.after;
    }
    branch = await branchBegunFrom(bench, ref);
  }
  return null;
}

async function branchBegunFrom(bench: Workbench, ref: RefName): Promise<string | undefined> {
  for await (const { refs, details } of operationsBackward(bench, { kinds: ["branch", "switch"] })) {
    if (refs.some((one) => one.name === ref && one.before === null))
      return details.branchBefore ?? details.from;
  }
  return undefined;
}

type Resolved = Awaited<ReturnType<Workbench["store"]["history"]["resolve"]>>;
const kindOrder = ["blob", "node", "commit", "operation"] as const;

/** Of what a prefix may stand for, the first kind in order that has any. */
function preferred(found: Resolved): Resolved {
  for (const kind of kindOrder) {
    const ofKind = found.filter((one) => one.kind === kind);
    if (ofKind.length > 0) return ofKind;
  }
  return [];
}

async function operationById(bench: Workbench, id: OperationId): Promise<Operation> {
  return known(await bench.store.history.operation(id), id);
}

function known<Value>(value: Value | undefined, text: string): Value {
  if (value === undefined) throw unknownPoint(text, "The store has nothing of that id.");
  return value;
}

function unknownPoint(text: string, why: string): StetError {
  return new StetError({
    code: "E-NOT-FOUND",
    what: "That version is not known.",
    where: text,
    why,
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet log", summary: "list operations with their ids" }],
  });
}

function ambiguousPoint(text: string): StetError {
  return new StetError({
    code: "E-AMBIGUOUS",
    what: "That id fits more than one thing.",
    where: text,
    why: "Ids may be shortened only as long as they are unique.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet log --json", summary: "see the ids in full" }],
  });
}
