/**
 * Plans on their way from `plan` to `apply`: one file each beside the store, of this machine alone.
 *
 * Invariants:
 * - a plan's file is written whole, by rename; one that cannot be read is no plan, and nothing is done by it;
 * - a plan is applied once.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { mergePolicyNames } from "../../collections/merge-policies.ts";
import { StetError } from "../../domain/errors.ts";
import { parseRandomId } from "../../domain/ids.ts";
import { errorName } from "../../workspace/disk.ts";
import type { Environment } from "../environment.ts";

/** So many plans are kept; the oldest go. */
const plansMax = 64;
const lettersMin = 5;

const place = z.enum(["store", "target"]);
const text = z.nullable(z.string());
const strings = z.readonly(z.array(z.string()));

const shape = z.object({
  format: z.literal(1),
  id: z.string(),
  checkout: z.string(),
  /** Microseconds. */
  at: z.number(),
  choice: z.object({
    direction: z.enum(["both", "push", "pull"]),
    targets: z.optional(strings),
    artifacts: z.optional(strings),
    overwrite: z.optional(z.boolean()),
    strategy: z.optional(z.enum(mergePolicyNames)),
  }),
  rows: z.readonly(
    z.array(
      z.object({
        id: z.string(),
        target: z.string(),
        kind: z.string(),
        name: z.string(),
        action: z.enum(["create", "change", "delete", "take", "merge", "ask"]),
        state: z.string(),
        reason: z.string(),
        ticked: z.boolean(),
        files: z.readonly(z.array(z.object({ place, path: z.string(), before: text, after: text }))),
        dropped: z.nullable(z.readonly(z.array(z.object({ field: z.string(), why: z.string() })))),
        seen: z.readonly(z.array(z.object({ place, path: z.string(), entry: text }))),
      }),
    ),
  ),
  /** The operation that it became; null while it waits. */
  applied: text,
});

export type StoredPlan = Readonly<z.infer<typeof shape>>;

/** Keeps a plan, or what became of it. */
export function storePlan(environment: Environment, plan: StoredPlan): void {
  const folder = plansFolder(environment);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${plan.id}.json`);
  const staged = `${file}.${environment.processId}.new`;
  writeFileSync(staged, JSON.stringify(plan), { mode: 0o600 });
  renameSync(staged, file);
  dropOldest(folder);
}

/** The plan of an id, or of a beginning of one. Throws E-NOT-FOUND and E-AMBIGUOUS. */
export function readPlan(environment: Environment, id: string): StoredPlan {
  const isWhole = parseRandomId("plan", id) !== undefined;
  const known = planNames(plansFolder(environment));
  const found = known.filter((one) =>
    isWhole ? one === id : id.length >= lettersMin && /^pl_[a-z0-9]+$/.test(id) && one.startsWith(id),
  );
  const [first, second] = found;
  if (first === undefined || second !== undefined) throw noPlan(id, second !== undefined);
  const parsed = shape.safeParse(readJson(join(plansFolder(environment), `${first}.json`)));
  if (!parsed.success) throw noPlan(id, false);
  return parsed.data;
}

function plansFolder({ storeFolder }: Environment): string {
  return join(storeFolder, "plans");
}

function planNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => name.slice(0, -".json".length));
  } catch (error) {
    if (errorName(error) === undefined) throw error;
    return [];
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

function dropOldest(folder: string): void {
  const names = planNames(folder);
  if (names.length <= plansMax) return;
  const aged = names.map((name) => {
    const file = join(folder, `${name}.json`);
    return { file, time: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 };
  });
  aged.sort((one, other) => one.time - other.time);
  for (const { file } of aged.slice(0, names.length - plansMax)) rmSync(file, { force: true });
}

function noPlan(id: string, several: boolean): StetError {
  return new StetError({
    code: several ? "E-AMBIGUOUS" : "E-NOT-FOUND",
    what: several ? "That id fits more than one plan." : "There is no plan of that id here.",
    where: id,
    why: several
      ? "Ids may be shortened only while unique."
      : "Plans are kept on the machine that made them, the newest of them.",
    kept: "Nothing was written.",
    fixes: [{ cmd: "stet plan", summary: "make a new one" }],
  });
}
