import * as z from "zod/mini";
import { onDropPolicies } from "../runtimes/placement/target-rules.ts";
import type { Carrying } from "./carrying.ts";

const text = z.string().check(z.minLength(1));
const targets = z._default(z.array(z.string()), []);

/** The keys of `collection.toml` that say so. */
export const carryingShape = {
  "on-drop": z._default(z.enum(onDropPolicies), "report"),
  "as-skill": targets,
  "auto-sync": targets,
  ignore: z._default(
    z.array(
      z.looseObject({
        target: text,
        field: text,
        artifact: z.optional(text),
        reason: z._default(z.string(), ""),
        by: z._default(z.string(), ""),
      }),
    ),
    [],
  ),
  release: z._default(
    z.array(
      z.looseObject({
        target: text,
        artifact: text,
        reason: z._default(z.string(), ""),
        by: z._default(z.string(), ""),
      }),
    ),
    [],
  ),
};

const shape = z.looseObject(carryingShape);

export function carryingOf(table: z.infer<typeof shape>): Carrying {
  return {
    onDrop: table["on-drop"],
    asSkill: table["as-skill"],
    autoSync: table["auto-sync"],
    ignore: table.ignore.map(({ target, field, artifact, reason, by }) => ({
      target,
      field,
      artifact: artifact ?? null,
      reason,
      by,
    })),
    release: table.release.map(({ target, artifact, reason, by }) => ({ target, artifact, reason, by })),
  };
}
