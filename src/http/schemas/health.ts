import * as z from "zod";
import { fixSchema } from "./error.ts";
import { listOf } from "./list.ts";

const severitySchema = z.enum(["ok", "note", "warning", "error"]);

export const doctorSchema = z
  .object({
    items: listOf(
      z.object({
        code: z.string(),
        severity: severitySchema,
        message: z.string(),
        where: z.string().nullable(),
        fix: fixSchema.nullable(),
      }),
    ),
    next: z.null(),
    worst: severitySchema,
  })
  .meta({ id: "Doctor" });
