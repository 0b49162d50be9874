import { placeOfArtifact } from "../../artifacts/artifact-path.ts";
import type { ArtifactReference } from "../../domain/artifact-kinds.ts";
import { type FileEntry, isSymlink } from "../../domain/files.ts";
import type { BlobId } from "../../domain/ids.ts";
import { blobId } from "../../snapshot/hash.ts";
import type { ArtifactAdapter, DroppedField, FileContent, FileContents } from "../adapters/adapter.ts";
import { leavingLink, passThroughAdapter } from "../adapters/pass-through.ts";
import type { OverrideFile } from "../placement/override-path.ts";
import { reservedPlace, targetPathOf } from "../placement/path-mapping.ts";
import type { TargetPlan } from "../placement/target.ts";
import { extensionOf } from "../placement/target-plan.ts";
import type { RuntimePlace } from "../table/runtime.ts";
import type { ReadBlob } from "./file-versions.ts";
import type { CanonicalArtifact } from "./sync-row.ts";

/** What stet would write for an artifact, by target path; `bytes` for blobs that were made just now. */
export interface WantedFiles {
  readonly outcome: "wanted";
  readonly entries: ReadonlyMap<string, FileEntry>;
  readonly bytes: ReadonlyMap<BlobId, Uint8Array>;
  /** What would be written if nothing were there, by target path; empty for what passes through. */
  readonly fresh: ReadonlyMap<string, Uint8Array>;
  readonly dropped: readonly DroppedField[];
}

export interface WantedInput {
  readonly plan: TargetPlan;
  readonly place: RuntimePlace;
  readonly artifact: CanonicalArtifact;
  readonly adapter: ArtifactAdapter;
  readonly override: OverrideFile | null;
  readonly present: ReadonlyMap<string, FileEntry>;
  readonly readBlob: ReadBlob;
}

/** Renders an artifact. What passes through is told by hash alone, without its bytes. */
export async function wantedFiles(
  input: WantedInput,
): Promise<WantedFiles | { readonly outcome: "blocked"; readonly why: string }> {
  const paths = targetPaths(input);
  if (typeof paths === "string") return { outcome: "blocked", why: paths };
  const { artifact, adapter, override, present, readBlob } = input;
  if (override !== null) return overridden(artifact, override, paths, readBlob);
  if (adapter === passThroughAdapter) return passedThrough(artifact, paths, readBlob);
  const files = await contents(artifact.files, readBlob);
  const there = await contents(present, readBlob);
  if (typeof files === "string") return { outcome: "blocked", why: files };
  if (typeof there === "string") return { outcome: "blocked", why: there };
  const targetPath = (path: string) => paths.get(path) ?? path;
  const rendering = adapter.render({ artifact, files, present: there, targetPath });
  if (rendering.outcome === "blocked") return rendering;
  const bytes = new Map<BlobId, Uint8Array>();
  const entries = new Map<string, FileEntry>();
  for (const [path, file] of rendering.files) entries.set(path, entryOf(file, bytes));
  const fresh = new Map([...rendering.fresh].map(([path, file]) => [path, file.bytes]));
  return { outcome: "wanted", entries, bytes, fresh, dropped: rendering.dropped };
}

/** Target paths by canonical path; a text where one has no place there. */
function targetPaths({ plan, place, artifact }: WantedInput): ReadonlyMap<string, string> | string {
  const paths = new Map<string, string>();
  for (const path of artifact.files.keys()) {
    const target = targetPathOf(plan, path);
    if (target === null) return noPlaceReason(plan, place, artifact, path);
    paths.set(path, target);
  }
  return paths;
}

function noPlaceReason(
  plan: TargetPlan,
  place: RuntimePlace,
  artifact: ArtifactReference,
  path: string,
): string {
  const extension = place.layout === "folders" ? "" : extensionOf(place);
  const reserved = reservedPlace(plan, `${place.path}/${artifact.name}${extension}`);
  if (reserved === undefined) return `${path} has no place at ${place.path}`;
  return `${reserved.path} is reserved: ${reserved.note ?? "it is the runtime's own"}`;
}

async function passedThrough(
  artifact: CanonicalArtifact,
  paths: ReadonlyMap<string, string>,
  readBlob: ReadBlob,
): Promise<WantedFiles | { readonly outcome: "blocked"; readonly why: string }> {
  const why = await linkProblem(artifact.files, readBlob);
  if (why !== null) return { outcome: "blocked", why };
  const entries = new Map<string, FileEntry>();
  for (const [path, entry] of artifact.files) entries.set(paths.get(path) ?? path, entry);
  return { outcome: "wanted", entries, bytes: new Map(), fresh: new Map(), dropped: [] };
}

/** The artifact with one whole file in the place of its main one; nothing is translated. */
async function overridden(
  artifact: CanonicalArtifact,
  override: OverrideFile,
  paths: ReadonlyMap<string, string>,
  readBlob: ReadBlob,
): Promise<WantedFiles | { readonly outcome: "blocked"; readonly why: string }> {
  const main = placeOfArtifact(artifact)?.main ?? "";
  const files = new Map(artifact.files);
  files.set(main, override.entry);
  return passedThrough({ ...artifact, files }, paths, readBlob);
}

/** Why the links among these files cannot go to another place; only links are read. */
export async function linkProblem(
  files: ReadonlyMap<string, FileEntry>,
  readBlob: ReadBlob,
): Promise<string | null> {
  if (![...files.values()].some(({ mode }) => isSymlink(mode))) return null;
  const shown = new Map<string, FileContent>();
  for (const [path, { blob, mode }] of files) {
    const bytes = isSymlink(mode) ? await readBlob(blob) : new Uint8Array();
    if (bytes === undefined) return `${path} could not be read`;
    shown.set(path, { bytes, mode });
  }
  return leavingLink(shown);
}

/** Files with their bytes; a text where one could not be read. */
export async function contents(
  entries: ReadonlyMap<string, FileEntry>,
  readBlob: ReadBlob,
): Promise<FileContents | string> {
  const files = new Map<string, FileContent>();
  for (const [path, { blob, mode }] of entries) {
    const bytes = await readBlob(blob);
    if (bytes === undefined) return `${path} could not be read`;
    files.set(path, { bytes, mode });
  }
  return files;
}

/** The entry of a file's content; its bytes go into `kept`. */
export function entryOf({ bytes, mode }: FileContent, kept: Map<BlobId, Uint8Array>): FileEntry {
  const blob = blobId(bytes);
  kept.set(blob, bytes);
  return { blob, mode, size: bytes.length };
}

export function adapterOf(plan: TargetPlan, kind: ArtifactReference["kind"]): ArtifactAdapter {
  return plan.target.runtime.adapters[kind] ?? passThroughAdapter;
}
