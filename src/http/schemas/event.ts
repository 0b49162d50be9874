import * as z from "zod";
import { actorSchema } from "./actor.ts";
import { listOf } from "./list.ts";

/** `event: operation`, whose id is that of the operation. */
export const operationEventSchema = z
  .object({
    operation: z.string(),
    actor: actorSchema,
    kind: z.string(),
    artifacts: listOf(z.object({ kind: z.string(), name: z.string() })),
    at: z.string(),
    undoes: z.string().nullable(),
  })
  .meta({ id: "OperationEvent" });
export type OperationEvent = z.infer<typeof operationEventSchema>;

/** `event: gap`: what came in between is not told; ask anew. */
export const gapEventSchema = z.object({ why: z.string() }).meta({ id: "GapEvent" });
export type GapEvent = z.infer<typeof gapEventSchema>;

/** `event: status`: whether edits on disk are seen as they happen. */
export const statusEventSchema = z
  .object({ watch: z.enum(["watching", "polling", "closed"]), why: z.string().nullable() })
  .meta({ id: "StatusEvent" });
export type StatusEvent = z.infer<typeof statusEventSchema>;
