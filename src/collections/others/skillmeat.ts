/**
 * A collection of SkillMeat, so that its users can move: `collection.toml`, `collection.lock` and the folders of
 * artifacts beside them (`skills/<name>/`, `commands/<name>.md`, `agents/<name>.md`).
 *
 * Format: miethe/skillmeat, `skillmeat/core/artifact.py`, `core/collection.py`, `storage/lockfile.py` (0.3.0-beta).
 * Its manifest has a table `collection` and no `format`, by which it is told from ours of the same name.
 */
import { createHash } from "node:crypto";
import { parse as parseToml } from "smol-toml";
import * as z from "zod/mini";
import { namePathProblem } from "../../artifacts/artifact-name.ts";
import { placeOfArtifact } from "../../artifacts/artifact-path.ts";
import type { ArtifactReference } from "../../domain/artifact-kinds.ts";
import { comparePaths, pathProblem } from "../../domain/paths.ts";
import type { Carried, CarriedProblem, CarriedUpstream, LeftBehind } from "./carried.ts";
import { githubReference, isCommit, refOrRange } from "./git-reference.ts";

const text = z.string();
const moment = z.union([text, z.date()]);

const manifestShape = z.looseObject({
  collection: z.looseObject({ name: z.optional(text) }),
  artifacts: z._default(z.array(z.unknown()), []),
  mcp_servers: z._default(z.array(z.looseObject({ name: z.optional(text) })), []),
});

const artifactShape = z.looseObject({
  name: text,
  type: text,
  path: text,
  origin: z.optional(text),
  upstream: z.optional(text),
  version_spec: z.optional(text),
  resolved_sha: z.optional(text),
  resolved_version: z.optional(text),
  added: z.optional(moment),
  metadata: z.optional(z.looseObject({ author: z.optional(text), license: z.optional(text) })),
});
type SkillMeatArtifact = z.infer<typeof artifactShape>;

const lockShape = z.looseObject({
  lock: z.looseObject({
    entries: z._default(
      z.record(
        text,
        z.looseObject({
          content_hash: z.optional(text),
          resolved_sha: z.optional(text),
          resolved_version: z.optional(text),
          fetched: z.optional(moment),
        }),
      ),
      {},
    ),
  }),
});
type LockEntries = z.infer<typeof lockShape>["lock"]["entries"];

export interface CarriedSkillMeat extends Carried {
  readonly name: string | null;
  /**
   * The hash that SkillMeat noted when it fetched, by `kind/name`: what differs from it was edited since
   * (`skillMeatHash`).
   */
  readonly hashes: ReadonlyMap<string, string>;
}

/** Whether a `collection.toml` is one of SkillMeat's. */
export function isSkillMeatManifest(manifest: string): boolean {
  const value = tomlOf(manifest);
  return (
    manifestShape.safeParse(value).success &&
    !z.looseObject({ format: z.unknown() }).safeParse(value).data?.format
  );
}

/** Reads manifest and lock; `lock` is null where there is none. What is of a kind that stet has no place for is left. */
export function readSkillMeat(manifest: string, lock: string | null): CarriedSkillMeat | CarriedProblem {
  const parsed = manifestShape.safeParse(tomlOf(manifest));
  if (!parsed.success) return { why: "collection.toml is not a manifest of SkillMeat" };
  const locked = lock === null ? null : lockShape.safeParse(tomlOf(lock));
  if (locked?.success === false) return { why: "collection.lock is damaged" };
  const entries = locked?.data.lock.entries ?? {};
  const upstreams: CarriedUpstream[] = [];
  const own: Carried["own"][number][] = [];
  const left: LeftBehind[] = parsed.data.mcp_servers.map(({ name = "" }) => ({
    what: `mcp ${name}`,
    why: "SkillMeat notes where a server's code is, not how it is started",
  }));
  const hashes = new Map<string, string>();
  for (const entry of parsed.data.artifacts) {
    const one = artifactShape.safeParse(entry);
    const artifact = one.success ? referenceOf(one.data) : "an entry without name, type and path";
    if (!one.success || typeof artifact === "string") {
      left.push({
        what: one.success ? `${one.data.type} ${one.data.name}` : "artifacts",
        why: String(artifact),
      });
      continue;
    }
    const files = one.data.path.replace(/\/+$/, "");
    const noted = entryAt(entries, `${one.data.name}::${one.data.type}`);
    if (noted?.content_hash !== undefined)
      hashes.set(`${artifact.kind}/${artifact.name}`, noted.content_hash);
    const upstream = upstreamOf(one.data, artifact, noted, files);
    if (upstream === null) own.push({ artifact, files });
    else upstreams.push(upstream);
    if (upstream === null && one.data.origin !== undefined && one.data.origin !== "local") {
      left.push({
        what: `the source of ${artifact.kind}/${artifact.name}`,
        why: `${one.data.upstream ?? "it"} is no address in a repository of GitHub; its files are carried`,
      });
    }
  }
  return { name: parsed.data.collection.name ?? null, upstreams, own, left, hashes };
}

function referenceOf({ name, type, path }: SkillMeatArtifact): ArtifactReference | string {
  if (type !== "skill" && type !== "command" && type !== "agent") return `there is no place for a ${type}`;
  const problem = namePathProblem(name) ?? pathProblem(path.replace(/\/+$/, ""));
  if (problem !== null) return `its name or path is not safe: ${problem}`;
  const artifact = { kind: type, name } as const;
  return placeOfArtifact(artifact) === null ? "its name has no place" : artifact;
}

function upstreamOf(
  {
    origin,
    upstream,
    version_spec: asked,
    resolved_sha,
    resolved_version,
    added,
    metadata,
  }: SkillMeatArtifact,
  artifact: ArtifactReference,
  noted: LockEntries[string] | undefined,
  files: string,
): CarriedUpstream | null {
  const found = origin === "local" || upstream === undefined ? null : githubReference(upstream);
  if (found === null) return null;
  const commit = noted?.resolved_sha ?? resolved_sha ?? found.commit;
  const version = noted?.resolved_version ?? resolved_version ?? null;
  const at = noted?.fetched ?? added;
  const isPinned = asked !== undefined && /^[0-9a-f]{7,64}$/.test(asked);
  return {
    artifact,
    source: found.source,
    ...(asked === undefined || asked === "latest" || isPinned
      ? { ref: null, range: null }
      : refOrRange(asked)),
    path: found.path,
    pin: isPinned ? (commit ?? asked) : null,
    resolved: {
      commit: commit !== null && isCommit(commit) ? commit : null,
      tag: version,
      version,
      tree: null,
      licence: metadata?.license ?? null,
      publisher: metadata?.author ?? null,
      at: at instanceof Date ? at.toISOString() : (at ?? null),
    },
    files,
  };
}

/**
 * The hash that SkillMeat computes of an artifact (`utils/filesystem.py`): SHA-256 over each path and its content, in
 * the order of path segments; of an artifact of one file over the content alone. 64 hex digits.
 */
export function skillMeatHash(
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
  isFolder: boolean,
): string {
  const hash = createHash("sha256");
  for (const { path, bytes } of files.toSorted((one, other) => compareSegments(one.path, other.path))) {
    if (isFolder) hash.update(path);
    hash.update(bytes);
  }
  return hash.digest("hex");
}

/** Segment by segment: `a/b` before `a-b`, though its slash sorts behind the hyphen. */
function compareSegments(one: string, other: string): number {
  const [left, right] = [one.split("/"), other.split("/")];
  for (const [index, segment] of left.entries()) {
    const order = comparePaths(segment, right[index] ?? "");
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function tomlOf(source: string): unknown {
  try {
    return parseToml(source);
  } catch {
    return null;
  }
}

function entryAt<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
