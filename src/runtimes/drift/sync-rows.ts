/**
 * The rows of one target: what state each artifact is in, and what push and pull would do.
 *
 * Invariants:
 * - an artifact that is clean by hash costs no read: every file on record for the version that is canonical
 *   now, present as recorded, and none beside them;
 * - `write` and `take` name for each file what was seen there; whoever carries them out checks it again;
 * - nothing is removed that is not on record, and nothing that differs from its record by a byte;
 * - what blocks a row blocks every direction: it has neither writes, takes nor removals.
 *
 * Clashes of names are looked for only where some artifact is not clean: a row that clashes is never written
 * or recorded, so two clean ones cannot clash. Native agents have no records and are always looked at.
 */
import { type ArtifactReference, formatArtifact } from "../../domain/artifact-kinds.ts";
import type { FileEntry } from "../../domain/files.ts";
import { type KindPlan, targetId } from "../placement/target.ts";
import { planOfArtifact } from "../placement/target-plan.ts";
import { withSettings } from "../settings/settings-look.ts";
import { wantedKeys } from "../settings/wanted-keys.ts";
import { driftState } from "./drift.ts";
import { because, type Drift } from "./drift-state.ts";
import { fileVersions, sameFile } from "./file-versions.ts";
import { hiddenReason } from "./hidden-instructions.ts";
import { canClash, nameClashReasons } from "./name-clash-reasons.ts";
import { canonicalEdits, type RowFacts, rowRecords, targetRemovals, targetWrites } from "./row-edits.ts";
import type { CanonicalArtifact, TargetInput, TargetRow } from "./sync-row.ts";
import { type TargetGroup, targetGroups } from "./target-groups.ts";
import { adapterOf, wantedFiles } from "./wanted-files.ts";

/**
 * One row for each artifact at a target: every canonical one but reports, and every one that is only there.
 * Canonical ones come first, in the order given. A file that cannot be read blocks its own row, no other.
 */
export async function targetRows(given: TargetInput): Promise<readonly TargetRow[]> {
  const input = await withSettings(given);
  const groups = targetGroups(input);
  const clean = new Set<CanonicalArtifact>();
  for (const artifact of input.artifacts) {
    if (artifact.blocked === null && isClean(artifact, groups.get(formatArtifact(artifact)))) {
      clean.add(artifact);
    }
  }
  const doubtful = input.artifacts.some((artifact) => !clean.has(artifact) && canClash(input, artifact));
  const clashes = doubtful ? await nameClashReasons(input) : new Map<string, string>();
  const rows: TargetRow[] = [];
  const seen = new Set<string>();
  for (const artifact of input.artifacts) {
    const key = formatArtifact(artifact);
    seen.add(key);
    const group = groups.get(key) ?? emptyGroup(artifact);
    const clash = clashes.get(key) ?? null;
    const row =
      clash === null && clean.has(artifact)
        ? cleanRow(input, artifact, group)
        : await artifactRow(input, artifact, group, clash);
    if (row !== null) rows.push(row);
  }
  for (const [key, group] of groups) {
    if (!seen.has(key)) rows.push(await unknownRow(input, group));
  }
  return rows;
}

function emptyGroup(reference: ArtifactReference): TargetGroup {
  return { reference, present: new Map(), written: new Map() };
}

/** Whether hashes alone show that nothing moved since the two sides agreed. */
function isClean({ kind, version, files }: CanonicalArtifact, group: TargetGroup | undefined): boolean {
  // Rules of the user's own decide what is written of a hook set: they may have come since.
  if (kind === "hooks") return false;
  if (group === undefined || group.written.size === 0) return false;
  if (group.written.size !== files.size || group.present.size !== files.size) return false;
  for (const [path, { written, source }] of group.written) {
    const agreed = source === version || source === `adopted:${version}`;
    if (!agreed || !sameFile(written, group.present.get(path) ?? null)) return false;
  }
  return true;
}

function cleanRow(input: TargetInput, { version, files }: CanonicalArtifact, group: TargetGroup): TargetRow {
  const reason = because("neither side has changed since they agreed");
  const drift: Drift = { state: "in-sync", side: null, reason };
  const seen = { store: files, target: group.present };
  return { ...bareRow(input, group.reference, drift), seen, dropped: null, base: version };
}

async function artifactRow(
  input: TargetInput,
  artifact: CanonicalArtifact,
  group: TargetGroup,
  clash: string | null,
): Promise<TargetRow | null> {
  const plan = planOfArtifact(input.plan, artifact.kind, artifact.files.keys());
  if (plan === null) return null;
  const bare = (state: "native" | "unsupported" | "blocked", why: string) =>
    bareRow(input, artifact, { state, side: null, reason: because(why) });
  if (plan.how === "unsupported") return bare("unsupported", plan.reason);
  if (clash !== null) return bare("blocked", clash);
  const isShared = plan.how === "write" && plan.place.layout === "keys";
  if (input.isRoot === true && !isShared) return bare("native", "the target's folder is the root itself");
  if (plan.how === "native") {
    const hidden = "hiding" in plan ? await hiddenReason(input, artifact) : null;
    return hidden === null ? bare("native", plan.reason) : bare("blocked", hidden);
  }
  if (artifact.blocked !== null) return bare("blocked", artifact.blocked);
  return writtenRow(input, artifact, group, plan);
}

async function writtenRow(
  input: TargetInput,
  artifact: CanonicalArtifact,
  group: TargetGroup,
  { place, beside }: Extract<KindPlan, { how: "write" }>,
): Promise<TargetRow> {
  const adapter = adapterOf(input.plan, artifact.kind);
  const { plan, readBlob, settings } = input;
  const shared = { artifact, adapter, present: group.present, readBlob };
  const wanted =
    place.layout === "keys" && settings !== undefined
      ? await wantedKeys({ ...shared, places: [place, ...beside], settings })
      : await wantedFiles({ ...shared, plan, place });
  if (wanted.outcome === "blocked") {
    return bareRow(input, artifact, { state: "blocked", side: null, reason: because(wanted.why) });
  }
  const row = await comparedRow(input, {
    plan,
    key: formatArtifact(artifact),
    version: artifact.version,
    canonical: artifact.files,
    wanted: wanted.entries,
    made: wanted.bytes,
    fresh: wanted.fresh,
    group,
    adapter,
    readBlob: async (id) => wanted.bytes.get(id) ?? (await readBlob(id)),
  });
  return { ...row, dropped: wanted.dropped };
}

/** An artifact that the store does not have: the user's own, or one that was removed in the store. */
async function unknownRow(input: TargetInput, group: TargetGroup): Promise<TargetRow> {
  return comparedRow(input, {
    plan: input.plan,
    key: formatArtifact(group.reference),
    version: null,
    canonical: noFiles,
    wanted: noFiles,
    made: new Map(),
    fresh: new Map(),
    group,
    adapter: adapterOf(input.plan, group.reference.kind),
    readBlob: input.readBlob,
  });
}

async function comparedRow(input: TargetInput, known: Omit<RowFacts, "files">): Promise<TargetRow> {
  const { wanted, group, adapter, readBlob } = known;
  const paths = new Set([...wanted.keys(), ...group.present.keys(), ...group.written.keys()]);
  const files = await Promise.all(
    [...paths].map((path) =>
      fileVersions(
        {
          path,
          wouldWrite: wanted.get(path) ?? null,
          present: group.present.get(path) ?? null,
          lastWritten: group.written.get(path)?.written ?? null,
          fresh: known.fresh.get(path) ?? null,
        },
        adapter,
        readBlob,
      ),
    ),
  );
  const facts: RowFacts = { ...known, files };
  const drift = driftState(files);
  return {
    ...bareRow(input, group.reference, drift),
    seen: { store: known.canonical, target: group.present },
    write: targetWrites(facts),
    remove: targetRemovals(facts),
    ...(await canonicalEdits(facts)),
    ...rowRecords(facts, drift.state === "in-sync"),
  };
}

const noFiles: ReadonlyMap<string, FileEntry> = new Map();

function bareRow(input: TargetInput, { kind, name }: ArtifactReference, drift: Drift): TargetRow {
  return {
    kind,
    name,
    target: targetId(input.plan.target),
    drift,
    seen: { store: noFiles, target: noFiles },
    dropped: [],
    write: [],
    take: [],
    takeProblem: null,
    remove: [],
    recordAfterPush: [],
    base: null,
    record: [],
    forget: [],
  };
}
