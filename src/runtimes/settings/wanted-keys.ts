import { formatArtifact } from "../../domain/artifact-kinds.ts";
import type { FileEntry } from "../../domain/files.ts";
import type { BlobId } from "../../domain/ids.ts";
import type { ArtifactAdapter, DroppedField } from "../adapters/adapter.ts";
import type { ReadBlob } from "../drift/file-versions.ts";
import type { CanonicalArtifact } from "../drift/sync-row.ts";
import { contents, entryOf, type WantedFiles } from "../drift/wanted-files.ts";
import type { RuntimePlace } from "../table/runtime.ts";
import { keyPath } from "./key-path.ts";
import type { SettingsLook } from "./settings-file.ts";

export interface WantedKeysInput {
  /** Each of them gets the artifact. */
  readonly places: readonly RuntimePlace[];
  readonly artifact: CanonicalArtifact;
  readonly adapter: ArtifactAdapter;
  readonly settings: SettingsLook;
  readonly present: ReadonlyMap<string, FileEntry>;
  readonly readBlob: ReadBlob;
}

/** What an artifact is to be in the shared files that it goes into. One that is not the right shape blocks it. */
export async function wantedKeys(
  input: WantedKeysInput,
): Promise<WantedFiles | { readonly outcome: "blocked"; readonly why: string }> {
  const { places, artifact, adapter, settings, readBlob } = input;
  const files = await contents(artifact.files, readBlob);
  const present = await contents(input.present, readBlob);
  if (typeof files === "string") return { outcome: "blocked", why: files };
  if (typeof present === "string") return { outcome: "blocked", why: present };
  const entries = new Map<string, FileEntry>();
  const bytes = new Map<BlobId, Uint8Array>();
  const fresh = new Map<string, Uint8Array>();
  const dropped: DroppedField[] = [];
  const refusals: string[] = [];
  for (const place of places) {
    const problem = settings.problems.get(place.path);
    if (problem !== undefined) return { outcome: "blocked", why: problem };
    const rendering = adapter.render({
      artifact,
      files,
      present,
      targetPath: () => keyPath(place.path, artifact),
      around: settings.values.get(place.path),
    });
    if (rendering.outcome === "blocked") {
      refusals.push(rendering.why);
      continue;
    }
    for (const [path, file] of rendering.files) entries.set(path, entryOf(file, bytes));
    for (const [path, file] of rendering.fresh) fresh.set(path, file.bytes);
    dropped.push(...rendering.dropped);
  }
  if (refusals.length === places.length) return { outcome: "blocked", why: refusals.join("; ") };
  for (const why of refusals) dropped.push({ field: formatArtifact(artifact), why });
  return { outcome: "wanted", entries, bytes, fresh, dropped };
}
