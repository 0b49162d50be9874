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
import type { ArtifactAdapter, DroppedField } from "../adapters/adapter.ts";
import { ignoringFields } from "../adapters/ignored-fields.ts";
import { passThroughAdapter } from "../adapters/pass-through.ts";
import type { OverrideFile } from "../placement/override-path.ts";
import { type KindPlan, type TargetPlan, targetId } from "../placement/target.ts";
import { planOfArtifact } from "../placement/target-plan.ts";
import { ignoredFields, type ReleasedCopy } from "../placement/target-rules.ts";
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
import { formatWrittenSource } from "./written-source.ts";

/**
 * One row for each artifact at a target: every canonical one but reports, and every one that is only there.
 * Canonical ones come first, in the order given. A file that cannot be read blocks its own row, no other.
 */
export async function targetRows(given: TargetInput): Promise<readonly TargetRow[]> {
  const input = await withSettings(given);
  const groups = targetGroups(input);
  const clean = new Set<CanonicalArtifact>();
  for (const artifact of input.artifacts) {
    if (input.thorough !== true && isClean(input, artifact, groups.get(formatArtifact(artifact)))) {
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
function isClean(
  { plan }: TargetInput,
  artifact: CanonicalArtifact,
  group: TargetGroup | undefined,
): boolean {
  const { kind, version, files, blocked } = artifact;
  // Rules of the user's own decide what is written of a hook set: they may have come since.
  if (kind === "hooks") return false;
  if (blocked !== null || group === undefined || group.written.size === 0) return false;
  if (releaseOf(plan, formatArtifact(artifact)) !== undefined) return false;
  const besides = besidesOf(plan, artifact);
  const ours = formatWrittenSource({ version, besides, adopted: false });
  const found = formatWrittenSource({ version, besides, adopted: true });
  if (group.written.size !== files.size || group.present.size !== files.size) return false;
  for (const [path, { written, source }] of group.written) {
    if ((source !== ours && source !== found) || !sameFile(written, group.present.get(path) ?? null))
      return false;
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
  const released = releaseOf(input.plan, formatArtifact(artifact));
  if (released !== undefined) return releasedRow(input, group, released);
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
  const { plan, readBlob, settings } = input;
  const override = place.layout === "keys" ? null : overrideOf(plan, artifact);
  const adapter = rowAdapter(plan, artifact, override);
  const shared = { artifact, adapter, present: group.present, readBlob };
  const wanted =
    place.layout === "keys" && settings !== undefined
      ? await wantedKeys({ ...shared, places: [place, ...beside], settings })
      : await wantedFiles({ ...shared, plan, place, override });
  const lost = wanted.outcome === "blocked" ? wanted.why : refusedLoss(plan, wanted.dropped);
  if (wanted.outcome === "blocked" || lost !== null) {
    return bareRow(input, artifact, { state: "blocked", side: null, reason: because(lost ?? "") });
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
    besides: besidesOf(plan, artifact),
    override,
    readBlob: async (id) => wanted.bytes.get(id) ?? (await readBlob(id)),
  });
  return { ...row, dropped: wanted.dropped };
}

/** An artifact that the store does not have: the user's own, or one that was removed in the store. */
async function unknownRow(input: TargetInput, group: TargetGroup): Promise<TargetRow> {
  const released = releaseOf(input.plan, formatArtifact(group.reference));
  if (released !== undefined) return releasedRow(input, group, released);
  return comparedRow(input, {
    plan: input.plan,
    key: formatArtifact(group.reference),
    version: null,
    canonical: noFiles,
    wanted: noFiles,
    made: new Map(),
    fresh: new Map(),
    group,
    adapter: rowAdapter(input.plan, group.reference, null),
    besides: null,
    override: null,
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

function releaseOf({ rules }: TargetPlan, artifact: string): ReleasedCopy | undefined {
  return rules?.released.find((one) => one.artifact === artifact);
}

/** A copy that is the user's now: its file stays, its records go. */
function releasedRow(input: TargetInput, group: TargetGroup, { reason }: ReleasedCopy): TargetRow {
  const why = because(reason === "" ? "released: stet does not manage it here" : `released: ${reason}`);
  const drift: Drift = { state: "extra", side: "target", reason: why };
  return { ...bareRow(input, group.reference, drift), forget: [...group.written.keys()] };
}

function overrideOf({ target }: TargetPlan, { overrides }: CanonicalArtifact): OverrideFile | null {
  return overrides?.get(target.runtime.id) ?? null;
}

/** What beside its version decides what an artifact becomes there. */
function besidesOf(plan: TargetPlan, artifact: CanonicalArtifact): string | null {
  const override = overrideOf(plan, artifact)?.entry.blob;
  const ignored = plan.rules === undefined ? [] : ignoredFields(plan.rules, formatArtifact(artifact));
  const parts = [...(override === undefined ? [] : [override]), ...ignored.map((field) => `-${field}`)];
  return parts.length === 0 ? null : parts.join(" ");
}

/** What carries an artifact there: as it is where a whole file stands in for it, and without what is ignored. */
function rowAdapter(
  plan: TargetPlan,
  artifact: ArtifactReference,
  override: OverrideFile | null,
): ArtifactAdapter {
  if (override !== null) return passThroughAdapter;
  const adapter = adapterOf(plan, artifact.kind);
  const fields = plan.rules === undefined ? [] : ignoredFields(plan.rules, formatArtifact(artifact));
  return fields.length === 0 ? adapter : ignoringFields(adapter, fields);
}

function refusedLoss({ target, rules }: TargetPlan, dropped: readonly DroppedField[]): string | null {
  if (rules?.onDrop !== "error" || dropped.length === 0) return null;
  const fields = dropped.map(({ field }) => field).join(", ");
  return `${target.runtime.title} cannot express ${fields}, and on-drop is error`;
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
