import * as z from "zod";
import { listOf } from "./list.ts";

/** What `?at=` takes by name. */
export const pinListSchema = z
  .object({
    items: listOf(
      z.object({
        name: z.string(),
        commit: z.string(),
        operation: z.string(),
        note: z.string().nullable(),
      }),
    ),
    next: z.null(),
  })
  .meta({ id: "PinList" });

export const makePinSchema = z
  .object({
    name: z.string(),
    at: z.string().optional().meta({ description: "by default what is here now" }),
    note: z.string().optional(),
  })
  .meta({ id: "MakePin" });

export const branchListSchema = z
  .object({
    items: listOf(
      z.object({
        name: z.string(),
        current: z.boolean(),
        commit: z.string(),
        at: z.string().nullable(),
        author: z.string().nullable(),
        heldElsewhere: z.boolean().meta({ description: "another checkout has it on disk" }),
      }),
    ),
    next: z.null(),
  })
  .meta({ id: "BranchList" });
