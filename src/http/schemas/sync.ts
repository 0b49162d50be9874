import * as z from "zod";
import { listOf } from "./list.ts";
import { changeOutcomeSchema } from "./operation.ts";

export const syncSchema = z
  .object({
    direction: z.enum(["both", "push", "pull"]).default("both"),
    dry_run: z.boolean().default(false),
    targets: listOf(z.string()).optional(),
    artifacts: listOf(z.string())
      .optional()
      .meta({ example: ["skill/pdf"] }),
    overwrite: z.boolean().optional().meta({
      description: "writes over copies that were edited since, and keeps them; with direction push and names",
    }),
    strategy: z.enum(["ask", "theirs", "yours", "union", "last-write"]).optional(),
  })
  .meta({ id: "Sync" });
export type SyncRequest = z.input<typeof syncSchema>;

export const syncOutcomeSchema = changeOutcomeSchema
  .extend({ plan: listOf(z.object({ sign: z.enum(["+", "~", "-", "?", "="]), text: z.string() })) })
  .meta({ id: "SyncOutcome" });
export type SyncOutcome = z.infer<typeof syncOutcomeSchema>;
