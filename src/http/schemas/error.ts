import * as z from "zod";
import { listOf } from "./list.ts";

export const fixSchema = z.object({ cmd: z.string(), summary: z.string() });

/** What every refusal holds: five slots, a code, and what a program may tell refusals by. */
export const errorFields = {
  error_kind: z.enum(["conflict", "invalid", "not_found", "refused", "busy", "internal"]),
  reason_code: z
    .string()
    .meta({ description: "stable, for programs: bad_name, secret, already_exists, ..." }),
  reason: z.string(),
  code: z.string().meta({ description: "E-..., as `stet explain` takes it" }),
  what: z.string(),
  where: z.string(),
  why: z.string(),
  kept: z.string(),
  fixes: listOf(fixSchema),
  mineSavedAs: z
    .string()
    .nullable()
    .optional()
    .meta({ description: "the submitted text by its hash, kept all the same; null where it was not" }),
};

export const errorSchema = z
  .object({ status: z.enum(["error", "aborted"]), ...errorFields })
  .meta({ id: "Error" });
export type ErrorBody = z.infer<typeof errorSchema>;
