import * as z from "zod";
import { fileDiffSchema } from "./artifact.ts";
import { listOf } from "./list.ts";
import { changeOutcomeSchema } from "./operation.ts";

export const findingSchema = z
  .object({
    code: z.string(),
    severity: z.enum(["security", "refused"]),
    path: z.string(),
    lines: listOf(z.object({ line: z.number(), text: z.string() })),
    moreLines: z.number(),
    message: z.string(),
    fingerprint: z.string().meta({ description: "what an exception names" }),
  })
  .meta({ id: "TrustFinding" });

export const updateSchema = z
  .object({
    artifact: z.string().meta({ example: "skill/pdf" }),
    source: z.string(),
    state: z.enum([
      "current",
      "ready",
      "merges",
      "asks",
      "security",
      "waiting",
      "pinned",
      "ignored",
      "gone",
      "removed",
      "missing",
      "unreachable",
    ]),
    reason: z.string(),
    have: z.string().nullable(),
    latest: z.string().nullable(),
    theirs: z.number().meta({ description: "files that changed upstream" }),
    yours: z.number().meta({ description: "files that were changed here" }),
    overlaps: z.number().meta({ description: "files in which both changed the same" }),
    findings: listOf(findingSchema),
  })
  .meta({ id: "Update" });
export type UpdateValue = z.infer<typeof updateSchema>;

export const updateListSchema = z
  .object({ items: listOf(updateSchema), next: z.null() })
  .meta({ id: "UpdateList" });

export const updateReadSchema = z
  .object({
    update: updateSchema,
    theirs: listOf(fileDiffSchema).meta({ description: "what they changed since the version that is here" }),
    mine: listOf(fileDiffSchema).meta({ description: "what was changed here since" }),
    result: listOf(fileDiffSchema).meta({ description: "what an update would change here" }),
  })
  .meta({ id: "UpdateRead" });

export const updateRequestSchema = z
  .object({
    artifacts: listOf(z.string())
      .optional()
      .meta({ description: "by default all that need nobody's look first", example: ["skill/pdf"] }),
    strategy: z.enum(["merge", "upstream", "local", "ask"]).optional(),
    dry_run: z.boolean().default(false),
  })
  .meta({ id: "UpdateRequest" });

export const updateOutcomeSchema = changeOutcomeSchema
  .extend({ updates: listOf(updateSchema) })
  .meta({ id: "UpdateOutcome" });

export const upstreamSchema = z
  .object({
    artifact: z.string(),
    version: z.string(),
    files: z.number(),
    upstream: z
      .object({
        source: z.string(),
        asked: z.string().nullable(),
        path: z.string(),
        pin: z.string().nullable(),
        version: z.string().nullable(),
        commit: z.string().nullable(),
        tag: z.string().nullable(),
        licence: z.string().nullable(),
        publisher: z.string().nullable(),
        released: z.string().nullable(),
        installedAt: z.string().nullable(),
        installedBy: z.string().nullable(),
        edited: listOf(z.string()).nullable(),
      })
      .nullable()
      .meta({ description: "null for an artifact that was written here" }),
  })
  .meta({ id: "Upstream" });

export const auditSchema = z
  .object({
    items: listOf(
      findingSchema.extend({
        artifact: z.string(),
        where: z.enum(["here", "update"]),
        allowed: z.string().nullable().meta({ description: "the reason for which it may pass" }),
      }),
    ),
    next: z.null(),
    notices: listOf(z.object({ code: z.string(), text: z.string() })),
  })
  .meta({ id: "Audit" });
