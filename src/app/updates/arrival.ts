import createIgnore from "ignore";
import { mainInner } from "../../artifacts/artifact-path.ts";
import { readArtifactText } from "../../artifacts/artifact-text.ts";
import type { FetchedFile } from "../../collections/sources/fetched-file.ts";
import { artifactFiles, type FoundArtifact } from "../../collections/sources/find-artifacts.ts";
import { upstreamFailure } from "../../collections/sources/http/upstream-failure.ts";
import type { SourceTree } from "../../collections/sources/source-tree.ts";
import { type FetchedArtifact, lookAt } from "../../collections/trust/look-at.ts";
import type { TrustFinding } from "../../collections/trust/trust-finding.ts";
import type { ArtifactReference } from "../../domain/artifact-kinds.ts";
import { type FileEntry, isFileMode } from "../../domain/files.ts";
import type { SnapshotId } from "../../domain/ids.ts";
import { limits } from "../../domain/limits.ts";
import { type CollectionPath, parsePath } from "../../domain/paths.ts";
import { isRecord } from "../../formats/format-value.ts";
import { type BuiltSnapshot, buildSnapshot } from "../../snapshot/build-snapshot.ts";
import { blobId } from "../../snapshot/hash.ts";
import type { NewBlob } from "../../snapshot/object-source.ts";
import type { Store } from "../../store/store.ts";

/** One version of one artifact as its source has it. */
export interface Arrival {
  readonly artifact: ArtifactReference;
  readonly path: string;
  readonly commit: string | null;
  readonly tag: string | null;
  readonly version: string | null;
  readonly released: string | null;
  readonly tree: string | null;
  readonly licence: string | null;
  readonly publisher: string | null;
  /** Its files by inner path. */
  readonly entries: ReadonlyMap<CollectionPath, FileEntry>;
  /** The snapshot of these: what the lock calls its base. */
  readonly snapshot: BuiltSnapshot;
  /** Content that is not in the store yet. */
  readonly blobs: readonly NewBlob[];
}

/** An artifact that lies in a source: to be looked at first, then taken. */
export interface SentArtifact extends FetchedArtifact {
  readonly tree: SourceTree;
  readonly found: FoundArtifact;
  readonly version: string | null;
}

/** What a source sends of an artifact. Nothing but its main file is read yet. */
export async function sentArtifact(
  tree: SourceTree,
  found: FoundArtifact,
  patterns: readonly string[],
): Promise<SentArtifact> {
  const files = [...chosenFiles(artifactFiles(tree.files, found), patterns)].map(
    ([path, file]): FetchedFile => ({
      path,
      mode: file.mode,
      size: file.size,
      read: sameEachTime(path, () => tree.read(file)),
    }),
  );
  const main = files.find((file) => file.path === mainInner(found.artifact.kind));
  const isReadable = main !== undefined && main.size <= limits.parsedTextBytesMax;
  const text = isReadable ? readArtifactText(found.artifact.kind, await main.read()) : null;
  const fields = text?.fields ?? {};
  const said = (key: string) => textAt(fields.metadata, key) ?? textAt(fields, key);
  return {
    ...{ tree, found, files },
    version: tree.version ?? said("version"),
    licence: said("license") ?? said("licence") ?? tree.licence,
    publisher: said("author") ?? tree.publisher,
  };
}

/** What was looked at is what is taken: a file of a folder may be written in between. Throws E-UPSTREAM where it was. */
function sameEachTime(path: string, read: () => Promise<Uint8Array>): () => Promise<Uint8Array> {
  let seen: string | null = null;
  return async () => {
    const bytes = await read();
    const blob = blobId(bytes);
    seen ??= blob;
    if (seen === blob) return bytes;
    throw upstreamFailure(path, "The file changed at its source after it was looked at.");
  };
}

/** Findings of an artifact that nothing here is compared with: all that it can do is new. */
export async function findingsOfNew(sent: SentArtifact): Promise<readonly TrustFinding[]> {
  return await lookAt(sent, { files: [], licence: null, publisher: null });
}

/**
 * Reads what was sent, one file at a time. With a store, content beyond `limits.heldBytesMax` is stored ahead, so
 * that an artifact of any size is never held whole. To be called for what was looked at and let pass.
 */
export async function receive(sent: SentArtifact, store: Store | null): Promise<Arrival> {
  const { tree, found, version, licence, publisher } = sent;
  const entries = new Map<CollectionPath, FileEntry>();
  const blobs: NewBlob[] = [];
  let waiting = 0;
  for (const { path: name, mode, read } of sent.files) {
    const path = parsePath(name);
    if (path === undefined || !isFileMode(mode)) continue;
    const bytes = await read();
    const blob = blobId(bytes);
    entries.set(path, { blob, mode, size: bytes.length });
    blobs.push({ kind: "blob", id: blob, bytes });
    waiting += bytes.length;
    if (store !== null && waiting > limits.heldBytesMax) {
      await store.putAhead(blobs.splice(0));
      waiting = 0;
    }
  }
  return {
    ...{ artifact: found.artifact, path: found.path },
    ...{ commit: tree.commit, tag: tree.tag, released: tree.released, tree: tree.hashOf(found.path) },
    ...{ version, licence, publisher, entries, snapshot: buildSnapshot(entries), blobs },
  };
}

function chosenFiles<File>(
  files: ReadonlyMap<string, File>,
  patterns: readonly string[],
): ReadonlyMap<string, File> {
  if (patterns.length === 0) return files;
  const chosen = createIgnore().add([...patterns]);
  return new Map([...files].filter(([path]) => createIgnore.isPathValid(path) && chosen.ignores(path)));
}

function textAt(value: unknown, key: string): string | null {
  const found = isRecord(value) ? value[key] : undefined;
  return typeof found === "string" && found !== "" ? found : null;
}

/** What the lock and people call a version: its number, its tag, or the beginning of its commit. */
export function versionLabel(of: {
  readonly version: string | null;
  readonly tag: string | null;
  readonly commit: string | null;
  readonly base: SnapshotId;
}): string {
  return of.version ?? of.tag ?? (of.commit ?? of.base).replace(/^sha(?:256:|512-)/, "").slice(0, 8);
}
