import { artifactOfPath } from "../artifacts/artifact-path.ts";
import { type ArtifactReference, formatArtifact, parseArtifact } from "../domain/artifact-kinds.ts";
import type { FileEntry } from "../domain/files.ts";
import { parsePath } from "../domain/paths.ts";
import type { WrittenEntry } from "../store/checkout-store.ts";
import { canonicalPathOf } from "./path-mapping.ts";
import type { TargetInput } from "./sync-row.ts";

/** What there is of one artifact at a target, and what the records say was there. */
export interface TargetGroup {
  readonly reference: ArtifactReference;
  readonly present: ReadonlyMap<string, FileEntry>;
  readonly written: ReadonlyMap<string, WrittenEntry>;
}

/** Groups a target's files and records by artifact (`skill/pdf`). Files that belong to none are left out. */
export function targetGroups(
  input: Pick<TargetInput, "plan" | "present" | "written">,
): ReadonlyMap<string, TargetGroup> {
  const groups = new Map<string, MutableGroup>();
  const owners = new Map<string, string>();
  for (const entry of input.written) {
    const reference = parseArtifact(entry.artifact);
    if (reference === undefined) continue;
    groupOf(groups, entry.artifact, reference).written.set(entry.path, entry);
    owners.set(entry.path, entry.artifact);
  }
  for (const [path, entry] of input.present) {
    const owner = owners.get(path);
    const known = owner === undefined ? undefined : groups.get(owner);
    if (known !== undefined) {
      known.present.set(path, entry);
      continue;
    }
    const canonical = canonicalPathOf(input.plan, path);
    const parsed = canonical === null ? undefined : parsePath(canonical);
    const part = parsed === undefined ? null : artifactOfPath(parsed);
    if (part === null) continue;
    groupOf(groups, formatArtifact(part.artifact), part.artifact).present.set(path, entry);
  }
  return groups;
}

interface MutableGroup {
  readonly reference: ArtifactReference;
  readonly present: Map<string, FileEntry>;
  readonly written: Map<string, WrittenEntry>;
}

function groupOf(groups: Map<string, MutableGroup>, key: string, reference: ArtifactReference): MutableGroup {
  const known = groups.get(key);
  if (known !== undefined) return known;
  const group: MutableGroup = { reference, present: new Map(), written: new Map() };
  groups.set(key, group);
  return group;
}
