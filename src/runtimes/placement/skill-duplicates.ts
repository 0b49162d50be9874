import type { Runtime } from "../table/runtime.ts";
import { kindFolders } from "./canonical-places.ts";
import type { TargetPlan } from "./target.ts";

/** A runtime that shows each skill more than once. */
export interface SkillDuplicate {
  readonly runtime: Runtime;
  /** The folders it reads that hold a copy, sorted; two at least. */
  readonly folders: readonly string[];
}

/**
 * The runtimes that show skills more than once when a collection is carried to these targets, from the table
 * alone. The root holds one copy, each target that is written to one more; a runtime shows as many as lie in
 * folders that it reads, unless it is known to show each name once. All plans are of one root and one scope.
 */
export function skillDuplicates(plans: readonly TargetPlan[]): readonly SkillDuplicate[] {
  const copies = new Set(
    plans.flatMap(({ rootLayout, kinds: { skill } }) => [
      `${rootLayout}/${kindFolders.skill}`,
      ...(skill.how === "write" ? [skill.place.path] : []),
    ]),
  );
  return plans.flatMap(({ target: { runtime, scope } }): readonly SkillDuplicate[] => {
    if (runtime.showsSkillOnce !== undefined) return [];
    const read = runtime.places.filter(
      (place) => place.kind === "skill" && place.scope === scope && place.role !== "reserved",
    );
    const folders = [...copies].filter((path) => read.some((place) => place.path === path)).sort();
    return folders.length > 1 ? [{ runtime, folders }] : [];
  });
}

/** What a duplicate means, as one sentence without its full stop. */
export function duplicateText({ runtime, folders }: SkillDuplicate): string {
  return `${runtime.title} reads ${folders.join(" and ")}, and may show each skill ${folders.length} times`;
}
