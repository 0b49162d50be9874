import * as z from "zod";
import { listOf } from "./list.ts";

export const draftSchema = z
  .object({
    artifact: z.string().meta({ example: "skill/pdf" }),
    client: z.string().meta({ description: "who holds it: one tab, one editor" }),
    base: z.string().nullable().meta({ description: "the version that it was begun on" }),
    content: z.string(),
    at: z.string(),
  })
  .meta({ id: "Draft" });
export type DraftValue = z.infer<typeof draftSchema>;

export const draftListSchema = z
  .object({ items: listOf(draftSchema), next: z.null() })
  .meta({ id: "DraftList" });
export type DraftList = z.infer<typeof draftListSchema>;

export const putDraftSchema = draftSchema.omit({ at: true }).meta({ id: "PutDraft" });
export type PutDraft = z.infer<typeof putDraftSchema>;
