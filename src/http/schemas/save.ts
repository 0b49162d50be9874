import * as z from "zod";
import { actorSchema } from "./actor.ts";
import { kindSegmentSchema, lastChangeSchema, mtimeSchema, versionSchema } from "./artifact.ts";
import { unitSchema } from "./conflict.ts";
import { errorFields } from "./error.ts";
import { listOf } from "./list.ts";

export const createSchema = z
  .object({ name: z.string(), content: z.string().optional(), message: z.string().optional() })
  .meta({ id: "CreateArtifact" });
export type CreateArtifact = z.infer<typeof createSchema>;

// What is wrong with a precondition is told after what is wrong with the text: so these are read later than the body.
const readLater = (description: string) => z.unknown().optional().meta({ type: "string", description });

export const putSchema = z
  .object({
    content: z.string(),
    mtime_ns: readLater("the file's time as the client knows it, in decimal digits"),
    base: readLater("the version that the text was written on; decides where both are given"),
    seen: readLater("with `force`: the version that the person was shown before they chose"),
    force: z.boolean().optional().meta({ description: "replace the present version; it stays in history" }),
    message: z.string().optional(),
  })
  .meta({ id: "PutArtifact" });
/** The page's side of it: what is read later has its types here. */
export interface PutArtifact extends Omit<z.infer<typeof putSchema>, "mtime_ns" | "base" | "seen"> {
  mtime_ns?: string;
  base?: string;
  seen?: string;
}

export const decisionSchema = z
  .object({
    path: z.string(),
    rule: z.string().meta({ description: "R0 to R6, X1 to X5" }),
    where: z.string(),
    mark: z.enum(["look", "order", "security"]).nullable(),
    took: z.enum(["yours", "theirs", "both", "text"]).nullable(),
  })
  .meta({ id: "Decision" });
export type Decision = z.infer<typeof decisionSchema>;

const replacedSchema = z
  .object({
    path: z.string(),
    version: versionSchema,
    mtime_ns: mtimeSchema,
    clientVersion: z.string().nullable(),
    clientMtime: z.string().nullable(),
    actor: actorSchema,
  })
  .meta({ description: "what a forced save replaced: `stet cat <artifact>@<version>` prints it" });

export const saveOutcomeSchema = z
  .object({
    kind: kindSegmentSchema,
    name: z.string(),
    mtime_ns: mtimeSchema,
    version: versionSchema,
    outcome: z.enum(["saved", "unchanged", "merged"]),
    operation: z.string().nullable(),
    decisions: listOf(decisionSchema),
    content: z.string().nullable().meta({ description: "the whole text where it was merged" }),
    replaced: replacedSchema.nullable(),
    replayed: z.boolean().meta({ description: "this Idempotency-Key was answered before" }),
  })
  .meta({ id: "SaveOutcome" });
export type SaveOutcome = z.infer<typeof saveOutcomeSchema>;

export const saveRefusedSchema = z
  .object({
    status: z.literal("aborted"),
    ...errorFields,
    error_kind: z.literal("conflict"),
    reason_code: z.enum(["stale_mtime", "conflict", "changed_again"]),
    mtime_ns: mtimeSchema,
    version: versionSchema,
    mineSavedAs: z.string(),
    conflict: z.object({ id: z.string(), units: listOf(unitSchema) }).optional(),
    theirs: lastChangeSchema,
  })
  .meta({ id: "SaveRefused" });
export type SaveRefused = z.infer<typeof saveRefusedSchema>;
