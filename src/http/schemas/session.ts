import * as z from "zod";
import { actorSchema } from "./actor.ts";
import { listOf } from "./list.ts";

export const sessionSchema = z
  .object({
    csrf: z.string().nullable().meta({ description: "sent back as X-Stet-CSRF; null for a program" }),
    actor: actorSchema,
    collection: z
      .object({
        id: z.string(),
        name: z.string(),
        scope: z.enum(["project", "user", "local"]),
        targets: listOf(z.string()),
        branch: z.string(),
      })
      .nullable(),
    watch: z.enum(["watching", "polling", "closed"]),
  })
  .meta({ id: "Session" });
export type SessionValue = z.infer<typeof sessionSchema>;
