import type { Actor } from "../../domain/actors.ts";
import { isoFromMicros } from "../../domain/clock.ts";
import type { Conflict, ConflictUnit, UnitChoice } from "../../domain/conflicts.ts";
import type { ConflictId } from "../../domain/ids.ts";
import { encodeText } from "../../formats/text-shape.ts";
import { shownText } from "../history/text-diff.ts";
import type { Workbench } from "../workbench/workbench.ts";

/** A conflict as every face shows it: both sides by blob id, each with its actor. */
export interface ShownConflict {
  readonly id: ConflictId;
  readonly artifact: string | null;
  readonly path: string;
  readonly rule: string;
  readonly base: string | null;
  readonly yours: { readonly blob: string | null; readonly actor: Actor };
  readonly theirs: { readonly blob: string | null; readonly actor: Actor };
  /** Headings or key paths of the spots; empty where the whole file is one. */
  readonly where: readonly string[];
  readonly openedAt: string;
  readonly openedBy: string;
  readonly settledBy: string | null;
}

/** One spot of a conflict. Secrets are masked in its texts; a side is null where it has nothing there. */
export interface ShownUnit {
  /** From 1: what `resolve --unit` takes. */
  readonly number: number;
  readonly rule: string;
  readonly where: string;
  readonly base: string | null;
  readonly yours: string | null;
  readonly theirs: string | null;
  readonly mark: "security" | null;
  /** What was chosen already: a side, or `text` for words of one's own. */
  readonly choice: "yours" | "theirs" | "both" | "text" | null;
}

export function shownConflict(one: Conflict): ShownConflict {
  return {
    id: one.id,
    artifact: one.artifact,
    path: one.path,
    rule: one.rule,
    base: one.base?.blob ?? null,
    yours: { blob: one.yours?.blob ?? null, actor: one.yoursActor },
    theirs: { blob: one.theirs?.blob ?? null, actor: one.theirsActor },
    where: one.units.map((unit) => unit.where),
    openedAt: isoFromMicros(one.openedAt),
    openedBy: one.openedBy,
    settledBy: one.settledBy,
  };
}

export async function shownUnits(
  bench: Workbench,
  path: string,
  units: readonly ConflictUnit[],
): Promise<readonly ShownUnit[]> {
  const masked = async (text: string | null) =>
    text === null ? null : await shownText(path, encodeText(text), bench.allowedSecrets);
  return await Promise.all(
    units.map(async ({ rule, where, base, yours, theirs, mark, choice }, index) => ({
      number: index + 1,
      rule,
      where,
      base: await masked(base),
      yours: await masked(yours),
      theirs: await masked(theirs),
      mark,
      choice: nameOf(choice),
    })),
  );
}

function nameOf(choice: UnitChoice | null): ShownUnit["choice"] {
  return choice !== null && typeof choice === "object" ? "text" : choice;
}
