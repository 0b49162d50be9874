import { mainFileNames } from "../../artifacts/artifact-path.ts";
import { findSecrets, textToScan } from "../../artifacts/secrets.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import type { Conflict } from "../../domain/conflicts.ts";
import { StetError } from "../../domain/errors.ts";
import {
  type BlobId,
  type CommitId,
  type ConflictId,
  type OperationId,
  parseRandomId,
} from "../../domain/ids.ts";
import type { Operation } from "../../domain/operations.ts";
import { presentAt } from "../workbench/present.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { readAddress } from "./artifact-argument.ts";
import { artifactKey } from "./artifact-key.ts";
import { commitMadeBy } from "./commit-made.ts";
import { operationsBackward } from "./operations-backward.ts";
import { commitOf, readOperation, readPoint } from "./point.ts";

/** What is to be forgotten: contents, and the free text of commits, operations and conflicts. */
export interface Condemned {
  readonly blobs: readonly BlobId[];
  readonly commits: readonly CommitId[];
  readonly operations: readonly OperationId[];
  readonly conflicts: readonly ConflictId[];
}

const nothing: Condemned = { blobs: [], commits: [], operations: [], conflicts: [] };

/** Finds what a name given to `forget` stands for. Throws E-NOT-FOUND and E-AMBIGUOUS. */
export async function condemned(bench: Workbench, what: string): Promise<Condemned> {
  if (/^[0-9a-f]{64}$/.test(what)) {
    const found = await everywhere(bench, what);
    if (found.blobs.length > 0) return found;
  }
  if (parseRandomId("operation", what) !== undefined || /^op_[0-9a-z]{8,}$/.test(what)) {
    return await wordsOf(bench, await readOperation(bench, what));
  }
  if (/^(sha256:)?[0-9a-f]{8,64}$/.test(what)) {
    const point = await readPoint(bench, what);
    if (point.kind === "blob") return { ...nothing, blobs: [point.id] };
    throw notForgettable(what, "That id is no file's: only files and words can be forgotten.");
  }
  return { ...nothing, blobs: [await addressed(bench, what)] };
}

/** Every content of this collection that has a finding of that fingerprint, and every text with its words. */
async function everywhere(bench: Workbench, fingerprint: string): Promise<Condemned> {
  const blobs = new Set<BlobId>();
  const secrets = new Set<string>();
  const seen = new Set<BlobId>();
  const look = async (path: string, blob: BlobId | undefined) => {
    if (blob === undefined || seen.has(blob)) return;
    seen.add(blob);
    const bytes = await bench.readBlob(blob);
    if (bytes === undefined) return;
    for (const finding of await findSecrets(path, bytes)) {
      if (finding.fingerprint !== fingerprint) continue;
      blobs.add(blob);
      secrets.add(textToScan(bytes).slice(finding.start, finding.end));
    }
  };
  for await (const { changes } of operationsBackward(bench)) {
    for (const { path, before, after } of changes) {
      await look(path, before?.blob);
      await look(path, after?.blob);
    }
  }
  const conflicts = await bench.store.history.conflicts({ collection: bench.collection });
  for (const { path, base, yours, theirs } of conflicts) {
    for (const side of [base, yours, theirs]) await look(path, side?.blob);
  }
  return { ...(await textsWith(bench, secrets, conflicts)), blobs: [...blobs] };
}

async function textsWith(
  bench: Workbench,
  secrets: ReadonlySet<string>,
  stored: readonly Conflict[],
): Promise<Omit<Condemned, "blobs">> {
  if (secrets.size === 0) return nothing;
  const commits: CommitId[] = [];
  const operations: OperationId[] = [];
  const holds = (value: unknown) => {
    const text = JSON.stringify(value);
    return [...secrets].some((secret) => text.includes(JSON.stringify(secret).slice(1, -1)));
  };
  for await (const operation of operationsBackward(bench)) {
    const { id, message, reason, details } = operation;
    if (holds([message, reason, details])) operations.push(id);
    const commit = await commitMadeBy(bench, operation);
    if (commit === undefined) continue;
    const { message: said, metadata, breakingChanges, structuredDelta } = commit;
    if (holds([said, metadata, breakingChanges, structuredDelta])) commits.push(commit.id);
  }
  const conflicts = stored.filter(({ units }) => holds(units)).map(({ id }) => id);
  return { commits, operations, conflicts };
}

async function wordsOf(bench: Workbench, operation: Operation): Promise<Condemned> {
  const commit = await commitMadeBy(bench, operation);
  return { ...nothing, commits: commit === undefined ? [] : [commit.id], operations: [operation.id] };
}

async function addressed(bench: Workbench, what: string): Promise<BlobId> {
  const { artifact, inner, at } = readAddress(what);
  if (at === null)
    throw notForgettable(what, "Say which version, by an operation or a time: <artifact>:<path>@<id|time>.");
  const key = formatArtifact(artifact);
  const { entries } = await presentAt(bench.store, await commitOf(bench, at));
  const files = [...entries].filter(([path]) => artifactKey(path) === key);
  const name = inner ?? mainFileNames.skill;
  const found = files.length === 1 ? files[0] : files.find(([path]) => path.endsWith(`/${name}`));
  if (found === undefined) throw notForgettable(what, "There was no such file then.");
  return found[1].blob;
}

function notForgettable(where: string, why: string): StetError {
  return new StetError({
    code: "E-NOT-FOUND",
    what: "There is nothing that could be forgotten.",
    where,
    why,
    kept: "Nothing was forgotten.",
    fixes: [
      { cmd: "stet search --past <text>", summary: "find the versions that hold it" },
      { cmd: "stet log", summary: "list operations with their ids" },
    ],
  });
}
