import { parse as parseToml } from "smol-toml";
import * as z from "zod/mini";
import { artifactKinds } from "../domain/artifact-kinds.ts";
import { type CollectionId, parseRandomId } from "../domain/ids.ts";
import type { Carrying } from "./carrying.ts";
import { carryingOf, carryingShape } from "./carrying-shape.ts";
import { readUpstreams, upstreamShape } from "./manifest/read-upstreams.ts";
import type { UpstreamEntry } from "./manifest/upstream-entry.ts";
import { type MergePolicyName, type MergePolicyRule, mergePolicyNames } from "./merge-policies.ts";

/** Path of the manifest below a root, and so in the collection. */
export const collectionFilePath = "stet/collection.toml";

/** A finding that may pass the secret scan, and why. */
export interface AllowedSecret {
  readonly fingerprint: string;
  readonly reason: string;
  readonly by: string;
}

/** An artifact that another tool keeps: it has a history here, and is carried nowhere. */
export interface ObservedArtifact {
  /** Its kind and name: `skill/pdf`. */
  readonly artifact: string;
  /** The tool's title. */
  readonly by: string;
}

/** How long versions are kept: see `stet config` for each. Durations in days. */
export interface Retention {
  readonly keepLast?: number;
  readonly keepWithinDays?: number;
  readonly hourlyWithinDays?: number;
  readonly dailyWithinDays?: number;
  /** Whether saves prune by themselves. */
  readonly automatic?: boolean;
}

/** What a collection says of itself in `collection.toml`. */
export interface CollectionFile {
  readonly id: CollectionId;
  readonly name: string;
  /** Targets that it is carried to, each `<runtime>:<scope>`. */
  readonly targets: readonly string[];
  readonly allow: readonly AllowedSecret[];
  readonly observed: readonly ObservedArtifact[];
  /** Absent where nothing is ever pruned. */
  readonly retention?: Retention;
  /** How it is carried to its targets; absent in what was made here and says nothing of it. */
  readonly carrying?: Carrying;
  /** What becomes of overlaps: where no rule names a spot, the policy for all, and without one they are asked. */
  readonly merge?: { readonly policy?: MergePolicyName; readonly rules: readonly MergePolicyRule[] };
  /** The artifacts that came from third parties, by name. */
  readonly upstreams: readonly UpstreamEntry[];
  readonly updates?: UpdatePolicy;
}

export const updateStrategies = ["merge", "upstream", "local", "ask"] as const;
/**
 * How an update meets edits made here: `merge` brings both together and asks where they overlap; `upstream` takes
 * the new version, and keeps yours in history; `local` keeps yours and notes the version as seen; `ask` asks for
 * every spot that both changed, whatever the collection's policies say.
 */
export type UpdateStrategy = (typeof updateStrategies)[number];

/** What becomes of updates where a command does not say. */
export interface UpdatePolicy {
  readonly strategy?: UpdateStrategy;
  /** A version younger than this many days waits. */
  readonly coolDownDays?: number;
}

export type CollectionFileProblem = { readonly why: string };

const count = z.int().check(z.minimum(1));

const shape = z.looseObject({
  ...carryingShape,
  format: z.literal(1),
  id: z.string(),
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  targets: z._default(z.array(z.string()), []),
  allow: z._default(
    z.array(z.looseObject({ fingerprint: z.string(), reason: z.string(), by: z._default(z.string(), "") })),
    [],
  ),
  observed: z._default(z.array(z.looseObject({ artifact: z.string(), by: z._default(z.string(), "") })), []),
  retention: z.optional(
    z.looseObject({
      "keep-last": z.optional(count),
      "keep-within-days": z.optional(count),
      "hourly-within-days": z.optional(count),
      "daily-within-days": z.optional(count),
      automatic: z.optional(z.boolean()),
    }),
  ),
  merge: z.optional(
    z.looseObject({
      policy: z.optional(z.enum(mergePolicyNames)),
      rules: z._default(
        z.array(
          z.looseObject({
            kind: z.optional(z.enum(artifactKinds)),
            key: z.optional(z.string().check(z.minLength(1))),
            policy: z.enum(mergePolicyNames),
          }),
        ),
        [],
      ),
    }),
  ),
  upstream: z._default(z.record(z.string(), upstreamShape), {}),
  updates: z.optional(
    z.looseObject({
      strategy: z.optional(z.enum(updateStrategies)),
      "cool-down-days": z.optional(z.int().check(z.minimum(0))),
    }),
  ),
});

/** Reads a manifest. A damaged or newer one is a problem to report, never an empty collection (BUGS S12). */
export function parseCollectionFile(text: string): CollectionFile | CollectionFileProblem {
  let value: unknown;
  try {
    value = parseToml(text);
  } catch (error) {
    return { why: `it is not TOML: ${firstLine(error)}` };
  }
  const format = z.looseObject({ format: z.number() }).safeParse(value);
  if (format.success && format.data.format > 1) {
    return { why: `it was written by a newer stet (format ${format.data.format})` };
  }
  const parsed = shape.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { why: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not as it should be"}` };
  }
  const id = parseRandomId("collection", parsed.data.id);
  if (id === undefined) return { why: "id is not the id of a collection" };
  const { name, targets, allow, observed, retention, merge, updates } = parsed.data;
  const upstreams = readUpstreams(parsed.data.upstream);
  if (typeof upstreams === "string") return { why: upstreams };
  return {
    id,
    name,
    targets,
    allow,
    upstreams,
    ...(updates === undefined ? {} : { updates: updatesOf(updates) }),
    carrying: carryingOf(parsed.data),
    observed,
    ...(retention === undefined ? {} : { retention: retentionOf(retention) }),
    ...(merge === undefined ? {} : { merge: mergeOf(merge) }),
  };
}

function retentionOf(table: NonNullable<z.infer<typeof shape>["retention"]>): Retention {
  return {
    ...(table["keep-last"] === undefined ? {} : { keepLast: table["keep-last"] }),
    ...(table["keep-within-days"] === undefined ? {} : { keepWithinDays: table["keep-within-days"] }),
    ...(table["hourly-within-days"] === undefined ? {} : { hourlyWithinDays: table["hourly-within-days"] }),
    ...(table["daily-within-days"] === undefined ? {} : { dailyWithinDays: table["daily-within-days"] }),
    ...(table.automatic === undefined ? {} : { automatic: table.automatic }),
  };
}

function updatesOf(table: NonNullable<z.infer<typeof shape>["updates"]>): UpdatePolicy {
  return {
    ...(table.strategy === undefined ? {} : { strategy: table.strategy }),
    ...(table["cool-down-days"] === undefined ? {} : { coolDownDays: table["cool-down-days"] }),
  };
}

function mergeOf({ policy, rules }: NonNullable<z.infer<typeof shape>["merge"]>) {
  return {
    ...(policy === undefined ? {} : { policy }),
    rules: rules.map((rule) => ({
      policy: rule.policy,
      ...(rule.kind === undefined ? {} : { kind: rule.kind }),
      ...(rule.key === undefined ? {} : { key: rule.key }),
    })),
  };
}

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}

/** The text of a new manifest. Names, targets and what is observed may hold any characters. */
export function newCollectionFile(
  file: Pick<CollectionFile, "id" | "name" | "targets"> & Partial<Pick<CollectionFile, "observed">>,
): string {
  const observed = (file.observed ?? []).flatMap(({ artifact, by }) => [
    "",
    "[[observed]]",
    `artifact = ${JSON.stringify(artifact)}`,
    `by = ${JSON.stringify(by)}`,
  ]);
  return [
    "# A collection of stet: the files here that steer coding agents, with all their history.",
    "format = 1",
    `id = ${JSON.stringify(file.id)}`,
    `name = ${JSON.stringify(file.name)}`,
    "",
    "# The runtimes that it is carried to, each at a scope.",
    `targets = [${file.targets.map((target) => JSON.stringify(target)).join(", ")}]`,
    ...(observed.length === 0
      ? []
      : ["", "# Kept by other tools: only observed here.", ...observed.slice(1)]),
    "",
  ].join("\n");
}
