import { artifactOfPath } from "../../artifacts/artifact-path.ts";
import {
  type ArtifactKind,
  type ArtifactReference,
  formatArtifact,
  parseArtifact,
} from "../../domain/artifact-kinds.ts";
import type { FileEntry } from "../../domain/files.ts";
import { parsePath } from "../../domain/paths.ts";
import type { WrittenEntry } from "../../store/checkout-store.ts";
import { canonicalPathOf } from "../placement/path-mapping.ts";
import type { TargetPlan } from "../placement/target.ts";
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
  const owners = new Map<string, MutableGroup>();
  for (const entry of input.written) {
    // Most files have a record of an artifact that was met already: no name is parsed twice.
    const group = groups.get(entry.artifact) ?? newGroup(groups, parseArtifact(entry.artifact));
    group?.written.set(entry.path, entry);
    if (group !== undefined) owners.set(entry.path, group);
  }
  for (const [path, entry] of input.present) {
    const group = owners.get(path) ?? groupOfFile(groups, input, path);
    group?.present.set(path, entry);
  }
  return groups;
}

function groupOfFile(
  groups: Map<string, MutableGroup>,
  { plan }: Pick<TargetInput, "plan">,
  path: string,
): MutableGroup | undefined {
  const canonical = canonicalPathOf(plan, path);
  const parsed = canonical === null ? undefined : parsePath(canonical);
  const part = parsed === undefined ? null : artifactOfPath(parsed);
  if (part === null || isShared(plan, part.artifact.kind)) return undefined;
  return groups.get(formatArtifact(part.artifact)) ?? newGroup(groups, part.artifact);
}

/** Whether others keep things there as well, which are no artifacts of this kind. */
function isShared(plan: TargetPlan, kind: ArtifactKind): boolean {
  const one = kind === "report" ? undefined : plan.kinds[kind];
  return one?.how === "write" && one.place.isShared === true;
}

interface MutableGroup {
  readonly reference: ArtifactReference;
  readonly present: Map<string, FileEntry>;
  readonly written: Map<string, WrittenEntry>;
}

function newGroup(
  groups: Map<string, MutableGroup>,
  reference: ArtifactReference | undefined,
): MutableGroup | undefined {
  if (reference === undefined) return undefined;
  const group: MutableGroup = { reference, present: new Map(), written: new Map() };
  groups.set(formatArtifact(reference), group);
  return group;
}
