/**
 * Where the lines of a file came from, by the operations of its artifact alone.
 *
 * A file's versions are followed by their blobs: the operation that made a version is the newest one before it
 * whose change of the path ends in that blob. So what another branch did is met only through the merge that
 * brought it, and a state that was seen before (undo, restore, a switch, git) leads to those who made it.
 */
import { artifactOfPath, pathOfInner } from "../../artifacts/artifact-path.ts";
import { type Actor, actorKinds, claimedActor } from "../../domain/actors.ts";
import { type ArtifactReference, formatArtifact, parseArtifact } from "../../domain/artifact-kinds.ts";
import { invariant } from "../../domain/errors.ts";
import type { BlobId } from "../../domain/ids.ts";
import type { Operation, OperationKind, PathChange } from "../../domain/operations.ts";
import type { CollectionPath } from "../../domain/paths.ts";
import { decodeText } from "../../formats/text-shape.ts";
import { readEntry } from "../../snapshot/read-snapshot.ts";
import type { StoredCommit } from "../../store/history-store.ts";
import { madeNoCommit } from "../record/made-nothing.ts";
import { snapshotOf } from "../workbench/present.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { commitMadeBy } from "./commit-made.ts";
import { linesOf, type TracedLine, traceLines } from "./line-origins.ts";

export interface FileVersion {
  readonly artifact: ArtifactReference;
  readonly path: CollectionPath;
  readonly blob: BlobId;
}

/** Who wrote a line, and the operation that brought it in. */
export interface LineOrigin {
  readonly operation: Operation;
  readonly actor: Actor;
}

/** Lines of one version that wait to be explained by operations before a sequence number. */
interface Suspect extends FileVersion {
  readonly before: number;
  readonly lines: readonly TracedLine[];
}

/** Operations that may only bring back what was there before: whoever wrote that is the writer. */
const bringsBack: ReadonlySet<OperationKind> = new Set(["undo", "redo", "revert", "restore", "failed"]);

const pageSize = 100;

export class FileAncestry {
  readonly #bench: Workbench;
  /** Operations of each artifact as far as they were read, newest first. */
  readonly #read = new Map<string, Operation[]>();
  readonly #complete = new Set<string>();

  constructor(bench: Workbench) {
    this.#bench = bench;
  }

  /** The origin of each of a version's `count` lines, in order. */
  async origins(version: FileVersion, count: number): Promise<readonly LineOrigin[]> {
    const origins: (LineOrigin | undefined)[] = Array.from({ length: count }, () => undefined);
    const lines = origins.map((_, line): TracedLine => ({ shown: line, at: line }));
    const waiting: Suspect[] = [{ ...version, before: Number.MAX_SAFE_INTEGER, lines }];
    for (let suspect = waiting.pop(); suspect !== undefined; suspect = waiting.pop()) {
      if (suspect.lines.length === 0) continue;
      const { operation, brought, older } = await this.#explain(suspect);
      if (brought.length > 0) {
        const origin = { operation, actor: await this.#writer(operation) };
        for (const { shown } of brought) origins[shown] = origin;
      }
      waiting.push(...older);
    }
    return origins.map((origin) => {
      invariant(origin !== undefined, "each line of a file was brought by some operation");
      return origin;
    });
  }

  async #explain(suspect: Suspect): Promise<{
    readonly operation: Operation;
    readonly brought: readonly TracedLine[];
    readonly older: readonly Suspect[];
  }> {
    const { operation, change } = await this.#operationThatMade(suspect);
    const before = operation.sequence;
    if (await this.#isSeenBefore(operation, suspect)) {
      return { operation, brought: [], older: [{ ...suspect, before }] };
    }
    const text = await this.#lines(suspect.blob);
    const older: Suspect[] = [];
    let left = suspect.lines;
    for (const version of await this.#versionsBefore(operation, change, suspect)) {
      const found = await this.#lines(version.blob);
      if (text === null || found === null) break;
      const { kept, brought } = traceLines(left, text, found);
      older.push({ ...version, before, lines: kept });
      left = brought;
    }
    return { operation, brought: left, older };
  }

  /** The newest operation before the suspect's bound that left its path with its blob. */
  async #operationThatMade({ artifact, path, blob, before }: Suspect) {
    let oldest: { operation: Operation; change: PathChange } | undefined;
    for await (const operation of this.#operations(artifact)) {
      if (operation.sequence >= before) continue;
      const change = operation.changes.find((one) => one.path === path && one.target === null);
      if (change === undefined) continue;
      if (change.after?.blob === blob && operation.kind !== "switch") return { operation, change };
      oldest = { operation, change };
    }
    // Only a log that was cut comes here: the oldest operation that is left is as far as can be told.
    invariant(oldest !== undefined, `the log of ${path} is there`);
    return { operation: oldest.operation, change: { ...oldest.change, before: null } };
  }

  async #isSeenBefore(operation: Operation, suspect: Suspect): Promise<boolean> {
    const mayBeSeen =
      operation.actor.kind === "git" || bringsBack.has(operation.kind) || madeNoCommit(operation);
    if (!mayBeSeen) return false;
    for await (const older of this.#operations(suspect.artifact)) {
      if (older.sequence >= operation.sequence || older.kind === "switch") continue;
      if (older.changes.some((one) => isVersion(one, suspect))) return true;
    }
    return false;
  }

  /** The versions that a change was made from: what stood there, what a merge brought, what was renamed. */
  async #versionsBefore(
    operation: Operation,
    change: PathChange,
    suspect: Suspect,
  ): Promise<readonly FileVersion[]> {
    const { artifact, path } = suspect;
    const versions: FileVersion[] = [];
    if (change.before !== null) versions.push({ artifact, path, blob: change.before.blob });
    const parent = operation.kind === "merge" ? await this.#mergedParent(operation) : undefined;
    if (parent !== undefined) {
      const snapshot = await snapshotOf(this.#bench.store, parent);
      const entry = await readEntry(this.#bench.store.history, snapshot, path);
      if (entry !== null) versions.push({ artifact, path, blob: entry.blob });
    }
    const renamed = operation.kind === "move" ? renamedFrom(operation, suspect) : null;
    return renamed === null ? versions : [...versions, renamed];
  }

  async #mergedParent(operation: Operation) {
    return (await commitMadeBy(this.#bench, operation))?.parents[1];
  }

  /** A commit's author may be another than who recorded it: an edit that was taken in from a runtime. */
  async #writer(operation: Operation): Promise<Actor> {
    const commit = await commitMadeBy(this.#bench, operation);
    return commit === undefined ? operation.actor : authorOf(commit, operation.actor);
  }

  async #lines(blob: BlobId): Promise<readonly string[] | null> {
    const bytes = await this.#bench.readBlob(blob);
    if (bytes === undefined) {
      this.#bench.notice(
        "W-PRUNED",
        "Older versions were pruned: lines are told by the oldest one that is left.",
      );
      return null;
    }
    const text = decodeText(bytes);
    return text === null ? null : linesOf(text);
  }

  async *#operations(artifact: ArtifactReference): AsyncGenerator<Operation> {
    const key = formatArtifact(artifact);
    const read = this.#read.get(key) ?? [];
    this.#read.set(key, read);
    for (let index = 0; ; index++) {
      if (index >= read.length && !this.#complete.has(key)) await this.#readMore(key, read);
      const operation = read[index];
      if (operation === undefined) return;
      yield operation;
    }
  }

  async #readMore(key: string, read: Operation[]): Promise<void> {
    const last = read.at(-1);
    const page = await this.#bench.store.history.operations({
      collection: this.#bench.collection,
      artifact: key,
      limit: pageSize,
      ...(last === undefined ? {} : { beforeSequence: last.sequence }),
    });
    read.push(...page);
    if (page.length < pageSize) this.#complete.add(key);
  }
}

function isVersion(change: PathChange, { path, blob }: FileVersion): boolean {
  return change.path === path && change.target === null && change.after?.blob === blob;
}

/** The same file under the artifact's name before a move. */
function renamedFrom(operation: Operation, { path }: Suspect): FileVersion | null {
  const artifact = parseArtifact(operation.details.from ?? "");
  const inner = artifactOfPath(path)?.inner;
  if (artifact === undefined || inner === undefined) return null;
  const before = pathOfInner(artifact, inner);
  const gone = operation.changes.find((one) => one.path === before && one.after === null);
  return before === null || !gone?.before ? null : { artifact, path: before, blob: gone.before.blob };
}

/** The author of a commit as an actor, with what else is known of whoever recorded it. */
export function authorOf(commit: StoredCommit, recorded: Actor): Actor {
  const { name, kind } = commit.author;
  if (name === recorded.name && kind === recorded.kind) return recorded;
  return {
    ...claimedActor(name, actorKinds.find((one) => one === kind) ?? "unknown"),
    runtime: commit.toolchainId,
    agentId: commit.agentId,
    modelId: commit.modelId,
    session: commit.session,
  };
}
