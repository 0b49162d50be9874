import * as z from "zod";
import { listOf } from "./list.ts";

export const searchSchema = z
  .object({
    items: listOf(
      z.object({
        artifact: z.string(),
        path: z.string(),
        line: z.number(),
        text: z.string().meta({ description: "secrets are masked" }),
        operation: z.string().nullable().meta({ description: "null for what stands now" }),
        at: z.string().nullable(),
      }),
    ),
    next: z.null(),
    notices: listOf(z.object({ code: z.string(), text: z.string() })),
  })
  .meta({ id: "Search" });
