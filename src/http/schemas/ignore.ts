import * as z from "zod";

export const ignoreSchema = z
  .object({
    target: z.string().meta({ example: "codex:project" }),
    field: z.string().min(1).meta({ example: "model" }),
    artifact: z
      .string()
      .optional()
      .meta({ description: "absent for every artifact", example: "agent/reviewer" }),
    reason: z.string().default(""),
    remove: z.boolean().default(false).meta({ description: "takes the rule away in place of adding it" }),
  })
  .meta({ id: "Ignore" });
export type IgnoreRequest = z.input<typeof ignoreSchema>;
