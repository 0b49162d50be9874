import * as z from "zod";
import { kindSegmentSchema } from "../schemas/artifact.ts";
import { errorSchema } from "../schemas/error.ts";

const json = <Schema extends z.ZodType>(schema: Schema) => ({ "application/json": { schema } });

/** The parts of a route's description that repeat. */
export const kindParams = z.object({ kind: kindSegmentSchema });
export const nameParams = kindParams.extend({
  name: z.string().meta({ description: "one percent-encoded segment", example: "git%2Fcommit" }),
});

export const whichQuery = z.object({
  collection: z.string().optional().meta({ description: "name or id; by default the project served" }),
  scope: z.enum(["project", "user", "local"]).optional(),
});
export const atQuery = whichQuery.extend({
  at: z
    .string()
    .optional()
    .meta({ description: "an operation, version, pin, branch or time; by default now" }),
});
export const listQuery = z.object({ limit: z.string().optional(), cursor: z.string().optional() });

export const writeHeaders = z.object({
  "idempotency-key": z
    .string()
    .optional()
    .meta({ description: "a write with a key that was answered before is not done again" }),
});

export function ok<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: json(schema) };
}

export function takes<Schema extends z.ZodType>(schema: Schema) {
  return { content: json(schema), required: true };
}

export const refusals = {
  default: { description: "refused: five slots and a code", content: json(errorSchema) },
};
