import * as z from "zod";

/** Who made a change; `standing` says whether that was shown by a token or only said. */
export const actorSchema = z
  .object({
    name: z.string(),
    kind: z.enum(["person", "agent", "git", "stet", "unknown"]),
    runtime: z.string().nullable(),
    agentId: z.string().nullable(),
    modelId: z.string().nullable(),
    session: z.string().nullable(),
    standing: z.enum(["claimed", "verified"]),
  })
  .meta({ id: "Actor" });
export type ActorValue = z.infer<typeof actorSchema>;
