import * as z from "zod";
import { actorSchema } from "./actor.ts";
import { listOf } from "./list.ts";

/** One spot that two writers changed. A side is null where it has nothing there. */
export const unitSchema = z
  .object({
    number: z.number(),
    rule: z.string(),
    where: z.string(),
    base: z.string().nullable(),
    yours: z.string().nullable(),
    theirs: z.string().nullable(),
    mark: z.enum(["security"]).nullable(),
    choice: z.enum(["yours", "theirs", "both", "text"]).nullable(),
  })
  .meta({ id: "ConflictUnit" });
export type ConflictUnitValue = z.infer<typeof unitSchema>;

const sideSchema = z.object({ blob: z.string().nullable(), actor: actorSchema });

export const conflictItemSchema = z
  .object({
    id: z.string(),
    artifact: z.string().nullable(),
    path: z.string(),
    rule: z.string(),
    base: z.string().nullable(),
    yours: sideSchema,
    theirs: sideSchema,
    where: listOf(z.string()),
    openedAt: z.string(),
    openedBy: z.string(),
    settledBy: z.string().nullable(),
  })
  .meta({ id: "ConflictItem" });
export type ConflictItem = z.infer<typeof conflictItemSchema>;

export const conflictListSchema = z
  .object({ items: listOf(conflictItemSchema), next: z.null() })
  .meta({ id: "ConflictList" });
export type ConflictList = z.infer<typeof conflictListSchema>;

export const conflictReadSchema = conflictItemSchema
  .extend({ units: listOf(unitSchema), merged: z.string().nullable(), hasMovedOn: z.boolean() })
  .meta({ id: "ConflictRead" });
export type ConflictRead = z.infer<typeof conflictReadSchema>;

/** "Leave for later": the id is that of a refused save. */
export const openConflictSchema = z.object({ id: z.string() }).meta({ id: "OpenConflict" });

const choiceSchema = z.union([z.enum(["yours", "theirs", "both"]), z.object({ text: z.string() })]);

export const resolveSchema = z
  .union([
    z.object({ side: z.enum(["yours", "theirs", "both"]), whole: z.boolean().optional() }),
    z.object({ units: listOf(z.object({ number: z.number().int().min(1), choice: choiceSchema })) }),
    z.object({ content: z.string() }),
    z.object({ itself: z.literal(true) }),
  ])
  .meta({ id: "ResolveConflict" });
export type ResolveConflict = z.infer<typeof resolveSchema>;
