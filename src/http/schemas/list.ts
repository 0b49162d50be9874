import * as z from "zod";

/** A list in an answer: whoever reads it does not change it. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.array(item).readonly();
}
