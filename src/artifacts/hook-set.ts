/**
 * A hook set as `stet/hooks.json` says it: Claude Code's form, `{"hooks": {"<event>": [{"matcher", "hooks"}]}}`.
 */
import * as z from "zod/mini";

/** One handler: what is run. Its fields stand as they are. */
export type HookHandler = Readonly<Record<string, unknown>>;

/** One rule: the handlers of an event, for what its matcher names. */
export interface HookRule {
  readonly event: string;
  /** Its place in the event's list. */
  readonly at: number;
  /** Empty for everything. */
  readonly matcher: string;
  readonly handlers: readonly HookHandler[];
}

const shape = z.looseObject({
  hooks: z.optional(
    z.record(
      z.string(),
      z.array(
        z.looseObject({
          matcher: z.optional(z.string()),
          hooks: z.array(z.record(z.string(), z.unknown())),
        }),
      ),
    ),
  ),
});

export type HookSetReading =
  | { readonly outcome: "read"; readonly rules: readonly HookRule[] }
  /** `path`: where something is not as it should be; empty for the whole. */
  | { readonly outcome: "problem"; readonly path: readonly (string | number)[]; readonly why: string };

/** Reads a hook set. Total: whatever the value is, the outcome is one. */
export function readHookSet(value: unknown): HookSetReading {
  const parsed = shape.safeParse(value);
  if (!parsed.success) {
    const path = (parsed.error.issues[0]?.path ?? []).filter((step) => typeof step !== "symbol");
    const where = path.length === 0 ? "the file" : `\`${path.join(".")}\``;
    const why = `${where} is not what a hook set has there: lists of rules by event`;
    return { outcome: "problem", path, why };
  }
  const rules = Object.entries(parsed.data.hooks ?? {}).flatMap(([event, groups]) =>
    groups.map((group, at): HookRule => ({ event, at, matcher: group.matcher ?? "", handlers: group.hooks })),
  );
  return { outcome: "read", rules };
}
