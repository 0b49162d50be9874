/**
 * A target's shared files seen as the values in them that are stet's, each under a path of its own.
 *
 * Invariants:
 * - behind it nothing sees a shared file as a file: it is never compared, taken in or written whole;
 * - of a file that is not the shape it should be nothing is said, not even that its keys are gone.
 */
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { type FileEntry, isSymlink, regularMode } from "../../domain/files.ts";
import type { BlobId } from "../../domain/ids.ts";
import { blobId } from "../../snapshot/hash.ts";
import type { TargetInput } from "../drift/sync-row.ts";
import type { KindPlan, TargetPlan } from "../placement/target.ts";
import type { RuntimePlace } from "../table/runtime.ts";
import { fileNamesOf, keyPath } from "./key-path.ts";
import { encodeKeyValue } from "./key-value.ts";
import { readSettings, type SettingsContent } from "./settings-file.ts";

/** The input with values in the place of shared files; the plan names the files that are there. */
export async function withSettings(input: TargetInput): Promise<TargetInput> {
  const plan = planOfPresent(input.plan, (path) => input.present.has(path));
  const places = keyPlaces(plan);
  if (places.length === 0) return input;
  const problems = new Map<string, string>();
  const values = new Map<string, unknown>();
  const present = new Map(input.present);
  const made = new Map<BlobId, Uint8Array>();
  const known = new Set(input.artifacts.map(formatArtifact));
  for (const name of places.flatMap(fileNamesOf)) present.delete(name);
  for (const place of places) {
    const entry = input.present.get(place.path);
    if (entry === undefined || problems.has(place.path)) continue;
    const read = await readEntry(input, place, entry);
    if (typeof read === "string") {
      problems.set(place.path, `${place.path} is left alone: ${read}`);
      continue;
    }
    values.set(place.path, read.value);
    for (const [path, value] of ownValues(place, read, known)) {
      made.set(value.entry.blob, value.bytes);
      present.set(path, value.entry);
    }
  }
  const isReadable = (path: string) => ![...problems.keys()].some((file) => path.startsWith(`${file}#`));
  return {
    ...input,
    plan,
    present,
    written: input.written.filter(({ path }) => isReadable(path)),
    settings: { problems, values },
    readBlob: async (id) => made.get(id) ?? (await input.readBlob(id)),
  };
}

async function readEntry(
  { readBlob }: TargetInput,
  place: RuntimePlace,
  entry: FileEntry,
): Promise<SettingsContent | string> {
  if (isSymlink(entry.mode)) return "it is a symbolic link, which stet does not write through";
  const bytes = await readBlob(entry.blob);
  if (bytes === undefined) return "it could not be read";
  const read = readSettings(place, bytes);
  return read.outcome === "problem" ? read.why : read;
}

/** A value as the entry of a file of its own. */
export interface KeyEntry {
  readonly entry: FileEntry;
  readonly bytes: Uint8Array;
}

/**
 * Stet's values in a shared file, by their paths.
 *
 * @param known artifacts of the store: of the others a value is seen with what somebody put beside it, so that
 * it is not taken for stet's alone.
 */
export function ownValues(
  place: RuntimePlace,
  { value, text }: SettingsContent,
  known: ReadonlySet<string> | "all",
): ReadonlyMap<string, KeyEntry> {
  const own = place.slot?.read(value, false, text);
  const whole = known === "all" ? own : place.slot?.read(value, true, text);
  if (own === undefined || whole === undefined || typeof own === "string" || typeof whole === "string") {
    return new Map();
  }
  const found = new Map<string, KeyEntry>();
  for (const name of new Set([...own.keys(), ...whole.keys()])) {
    const artifact = { kind: place.kind, name };
    const isKnown = known === "all" || known.has(formatArtifact(artifact));
    const seen = (isKnown ? own : whole).get(name);
    if (seen === undefined) continue;
    found.set(keyPath(place.path, artifact), keyEntry(encodeKeyValue(seen)));
  }
  return found;
}

export function keyEntry(bytes: Uint8Array): KeyEntry {
  return { entry: { blob: blobId(bytes), mode: regularMode, size: bytes.length }, bytes };
}

/** The places of a plan that are keys of shared files. */
function keyPlaces({ kinds }: TargetPlan): readonly RuntimePlace[] {
  return Object.values(kinds).flatMap((kind) => {
    if (kind.how !== "write" || kind.place.layout !== "keys") return [];
    return [kind.place, ...kind.beside];
  });
}

/** The plan with each shared file under the name that it has here. */
function planOfPresent(plan: TargetPlan, isThere: (path: string) => boolean): TargetPlan {
  const named = (kind: KindPlan): KindPlan => {
    if (kind.how !== "write" || kind.place.layout !== "keys") return kind;
    const beside = kind.beside.map((place) => presentPlace(place, isThere));
    return { ...kind, place: presentPlace(kind.place, isThere), beside };
  };
  const { skill, agent, command, rule, mcp, hooks } = plan.kinds;
  return { ...plan, kinds: { skill, agent, command, rule, mcp: named(mcp), hooks: named(hooks) } };
}

/** The place with the first of its file's names that is there as its path. */
export function presentPlace(place: RuntimePlace, isThere: (path: string) => boolean): RuntimePlace {
  const names = fileNamesOf(place);
  const path = names.find(isThere) ?? place.path;
  return { ...place, path, alternatives: names.filter((name) => name !== path) };
}
