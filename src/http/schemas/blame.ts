import * as z from "zod";
import { actorSchema } from "./actor.ts";
import { listOf } from "./list.ts";

export const blameSchema = z
  .object({
    path: z.string(),
    lines: listOf(
      z.object({
        line: z.number(),
        text: z.string(),
        operation: z.string(),
        at: z.string(),
        actor: actorSchema,
      }),
    ),
    shares: z
      .object({ person: z.number(), agent: z.number(), unknown: z.number(), git: z.number() })
      .meta({ description: "whole percent of the lines, 100 together" }),
  })
  .meta({ id: "Blame" });
export type BlameValue = z.infer<typeof blameSchema>;
