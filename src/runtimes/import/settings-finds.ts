import { type FileEntry, isSymlink } from "../../domain/files.ts";
import type { BlobId } from "../../domain/ids.ts";
import type { ReadBlob } from "../drift/file-versions.ts";
import { fileNamesOf, keyPath } from "../settings/key-path.ts";
import { encodeKeyValue } from "../settings/key-value.ts";
import { readSettings } from "../settings/settings-file.ts";
import { keyEntry, ownValues, presentPlace } from "../settings/settings-look.ts";
import type { Runtime, TargetScope } from "../table/runtime.ts";

/** Values in shared files, each as a file of its own. */
export interface SettingsFinds {
  readonly files: ReadonlyMap<string, FileEntry>;
  readonly bytes: ReadonlyMap<BlobId, Uint8Array>;
}

/** The shared files of runtimes at a scope. */
export function settingsPaths(runtimes: readonly Runtime[], scope: TargetScope): readonly string[] {
  const places = runtimes.flatMap((runtime) => runtime.places);
  return [
    ...new Set(
      places.flatMap((place) => (place.layout === "keys" && place.scope === scope ? fileNamesOf(place) : [])),
    ),
  ];
}

/** MCP servers of a runtime, and the user's own hooks: those with stet's mark are in a collection already. */
export async function settingsFinds(
  runtime: Runtime,
  scope: TargetScope,
  present: ReadonlyMap<string, FileEntry>,
  readBlob: ReadBlob,
): Promise<SettingsFinds> {
  const files = new Map<string, FileEntry>();
  const bytes = new Map<BlobId, Uint8Array>();
  for (const one of runtime.places) {
    if (one.layout !== "keys" || one.scope !== scope) continue;
    const place = presentPlace(one, (path) => present.has(path));
    const entry = present.get(place.path);
    const content = entry === undefined || isSymlink(entry.mode) ? undefined : await readBlob(entry.blob);
    const read = content === undefined ? undefined : readSettings(place, content);
    if (read?.outcome !== "read") continue;
    const found =
      place.kind === "hooks"
        ? [...(place.slot?.foreign?.(read.value) ?? [])].map(
            ([name, value]) =>
              [keyPath(place.path, { kind: "hooks", name }), keyEntry(encodeKeyValue(value))] as const,
          )
        : ownValues(place, read, new Set());
    for (const [path, value] of found) {
      files.set(path, value.entry);
      bytes.set(value.entry.blob, value.bytes);
    }
  }
  return { files, bytes };
}
