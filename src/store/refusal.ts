import type { FileEntry } from "../domain/files.ts";
import { isFileMode } from "../domain/files.ts";
import { isHashId, parseRandomId } from "../domain/ids.ts";
import { limits } from "../domain/limits.ts";
import type { OperationDraft, PathChange } from "../domain/operations.ts";
import { operationKinds } from "../domain/operations.ts";
import { pathProblem } from "../domain/paths.ts";
import type { WriteBatch } from "./history-store.ts";

/** Why a batch cannot be stored in any state of the store; null where nothing speaks against it. */
export function refusalOf(batch: WriteBatch): string | null {
  const { operation } = batch;
  return (
    operationRefusal(operation) ??
    firstOf(operation.changes, (change) => changeRefusal(operation, change)) ??
    refsRefusal(operation) ??
    firstOf(batch.openConflicts, (conflict) => {
      if (parseRandomId("conflict", conflict.id) === undefined) return `not a conflict's id: ${conflict.id}`;
      if (!operation.collections.includes(conflict.collection)) return "a conflict of another collection";
      return firstOf([conflict.base, conflict.yours, conflict.theirs], entryRefusal);
    }) ??
    firstOf(batch.pins, (pin) => {
      if (!operation.collections.includes(pin.collection)) return "a pin of another collection";
      if (!isLabel(pin.name)) return `not a pin's name: ${JSON.stringify(pin.name)}`;
      return isHashId(pin.commit) ? null : `not a commit's id: ${pin.commit}`;
    })
  );
}

function operationRefusal(draft: OperationDraft): string | null {
  if (parseRandomId("operation", draft.id) === undefined) return `not an operation's id: ${draft.id}`;
  if (draft.collections.length === 0) return "an operation of no collection";
  if (new Set(draft.collections).size !== draft.collections.length) return "a collection named twice";
  const odd = draft.collections.find((id) => parseRandomId("collection", id) === undefined);
  if (odd !== undefined) return `not a collection's id: ${odd}`;
  if (!operationKinds.includes(draft.kind)) return `not a kind of operation: ${draft.kind}`;
  if (draft.undoes !== null && parseRandomId("operation", draft.undoes) === undefined) {
    return `not an operation's id: ${draft.undoes}`;
  }
  for (const words of [draft.message, draft.reason, ...Object.values(draft.details)]) {
    if (words !== null && Buffer.byteLength(words) > limits.messageBytesMax) {
      return `a text of more than ${limits.messageBytesMax} bytes`;
    }
  }
  return null;
}

function changeRefusal(draft: OperationDraft, change: PathChange): string | null {
  if (!draft.collections.includes(change.collection)) return `a change of another collection: ${change.path}`;
  const problem = pathProblem(change.path);
  if (problem !== null) return `a path that cannot be kept (${problem}): ${JSON.stringify(change.path)}`;
  return entryRefusal(change.before) ?? entryRefusal(change.after);
}

function refsRefusal(draft: OperationDraft): string | null {
  const names = new Set<string>();
  for (const { name, before, after } of draft.refs) {
    if (names.has(name)) return `a ref moved twice: ${name}`;
    names.add(name);
    const [collection, folder, ...rest] = name.split("/");
    if (!draft.collections.some((one) => one === collection)) return `a ref of another collection: ${name}`;
    if (folder !== "heads" && folder !== "checkouts") return `not a ref's name: ${name}`;
    if (!rest.every(isLabel) || rest.length === 0) return `not a ref's name: ${JSON.stringify(name)}`;
    for (const id of [before, after]) {
      if (id !== null && !isHashId(id)) return `not a commit's id: ${id}`;
    }
  }
  return null;
}

/** One segment of a ref or the name of a pin: what is safe in a file name, a URL and a command line. */
function isLabel(text: string): boolean {
  return /^[\p{L}\p{N}_@+][\p{L}\p{N}._@+ -]{0,200}$/u.test(text) && text.isWellFormed();
}

function entryRefusal(entry: FileEntry | null): string | null {
  if (entry === null) return null;
  if (!isHashId(entry.blob)) return `not a blob's id: ${entry.blob}`;
  if (!isFileMode(entry.mode)) return `not a file's mode: ${entry.mode}`;
  if (!Number.isSafeInteger(entry.size) || entry.size < 0) return `not a file's size: ${entry.size}`;
  return null;
}

function firstOf<Item>(
  items: readonly Item[],
  refusal: (item: Item) => string | null | undefined,
): string | null {
  for (const item of items) {
    const why = refusal(item);
    if (why !== null && why !== undefined) return why;
  }
  return null;
}
