import * as z from "zod";
import { actorSchema } from "./actor.ts";
import { fileDiffSchema } from "./artifact.ts";
import { listOf } from "./list.ts";
import { decisionSchema } from "./save.ts";

export const changeSchema = z.object({
  collection: z.string(),
  path: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

export const operationSchema = z
  .object({
    id: z.string(),
    at: z.string(),
    actor: actorSchema,
    kind: z.string(),
    reason: z.string().nullable(),
    message: z.string().nullable(),
    changes: listOf(changeSchema),
    undoes: z.string().nullable(),
    semVerBump: z.string().nullable(),
    breakingChanges: listOf(z.string()),
    summary: z.string(),
    details: z.record(z.string(), z.string()),
  })
  .meta({ id: "Operation" });
export type OperationValue = z.infer<typeof operationSchema>;

export const operationListSchema = z
  .object({ items: listOf(operationSchema), next: z.string().nullable() })
  .meta({ id: "OperationList" });
export type OperationList = z.infer<typeof operationListSchema>;

export const operationReadSchema = z
  .object({ operation: operationSchema, files: listOf(fileDiffSchema) })
  .meta({ id: "OperationRead" });
export type OperationRead = z.infer<typeof operationReadSchema>;

const skippedSchema = z.object({ what: z.string(), reason: z.string(), waits: z.boolean().optional() });

/** What a change of any kind comes to. `operation` is null where there was nothing to do. */
export const changeOutcomeSchema = z
  .object({
    operation: z.string().nullable(),
    changed: listOf(changeSchema),
    conflicts: listOf(z.string()),
    skipped: listOf(skippedSchema),
    decisions: listOf(decisionSchema),
    undone: operationSchema.optional(),
    notices: listOf(z.object({ code: z.string(), text: z.string() })),
    needsDecision: z.boolean(),
    replayed: z.boolean(),
  })
  .meta({ id: "ChangeOutcome" });
export type ChangeOutcomeValue = z.infer<typeof changeOutcomeSchema>;

export const undoSchema = z
  .object({ any: z.boolean().optional(), partial: z.boolean().optional() })
  .meta({ id: "Undo" });
