import * as z from "zod";
import { listOf } from "./list.ts";
import { changeOutcomeSchema } from "./operation.ts";
import { syncSchema } from "./sync.ts";

const fileSchema = z.object({
  place: z.enum(["store", "target"]),
  path: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

export const planRowSchema = z
  .object({
    id: z.string(),
    target: z.string(),
    kind: z.string(),
    name: z.string(),
    action: z.enum(["create", "change", "delete", "take", "merge", "ask"]),
    state: z.string(),
    reason: z.string(),
    ticked: z.boolean().meta({ description: "done unasked; deletes are not" }),
    files: listOf(fileSchema),
    dropped: listOf(z.object({ field: z.string(), why: z.string() })).nullable(),
  })
  .meta({ id: "PlanRow" });
export type PlanRow = z.infer<typeof planRowSchema>;

const leftSchema = z.object({ what: z.string(), reason: z.string(), waits: z.boolean() });

export const makePlanSchema = syncSchema.omit({ dry_run: true }).meta({ id: "MakePlan" });

export const planSchema = z
  .object({ plan: z.string().nullable(), rows: listOf(planRowSchema), left: listOf(leftSchema) })
  .meta({ id: "Plan" });
export type PlanValue = z.infer<typeof planSchema>;

export const applySchema = z
  .object({
    plan: z.string(),
    rows: listOf(z.string()).optional().meta({ description: "by default those that are ticked" }),
    deletes: z.boolean().optional(),
  })
  .meta({ id: "ApplyPlan" });

export const applyOutcomeSchema = changeOutcomeSchema
  .extend({
    done: listOf(planRowSchema),
    moved: listOf(z.object({ row: planRowSchema, now: planRowSchema.nullable() })),
    replanned: z.string().nullable().meta({ description: "the plan of what is to be done now instead" }),
  })
  .meta({ id: "ApplyOutcome" });
export type ApplyOutcome = z.infer<typeof applyOutcomeSchema>;
