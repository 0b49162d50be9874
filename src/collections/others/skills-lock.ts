/**
 * The locks of `npx skills`: `skills-lock.json` of a project (version 1), `~/.agents/.skill-lock.json` (version 3).
 * Source: vercel-labs/skills, src/skill-lock.ts; projects that keep a `skills-lock.json`. Read leniently: a skill
 * whose entry is not understood is passed over, and no entry is ever written back.
 */
import { isRecord } from "../../formats/format-value.ts";
import { jsoncDocument } from "../../formats/jsonc-document.ts";
import { type CarriedProblem, unknownVersion } from "./carried.ts";
import { githubReference } from "./git-reference.ts";
import type { InstalledOrigin } from "./installed-origin.ts";

/** The skills of a lock, each with where it came from. */
export function parseSkillsLock(text: string): readonly InstalledOrigin[] | CarriedProblem {
  const { value, problem } = jsoncDocument.parse(text);
  if (problem !== null) return { why: `it is not JSON: line ${problem.line}: ${problem.message}` };
  if (!isRecord(value) || !isRecord(value.skills)) return { why: "it has no table of skills" };
  return Object.entries(value.skills).flatMap(([name, entry]) => {
    const source = isRecord(entry) ? sourceOf(entry) : null;
    if (!isRecord(entry) || source === null) return [];
    const path = textOf(entry.skillPath) ?? "";
    const upstream = {
      artifact: { kind: "skill", name } as const,
      source,
      ref: textOf(entry.ref),
      range: null,
      path: path.replace(/(?:^|\/)SKILL\.md$/i, ""),
      pin: null,
      resolved: { ...unknownVersion, at: textOf(entry.installedAt) },
      files: null,
    };
    return [{ upstream, files: [] }];
  });
}

function sourceOf(entry: Readonly<Record<string, unknown>>): string | null {
  const source = textOf(entry.source);
  if (source === null) return null;
  if (entry.sourceType === "local") return `folder:${source}`;
  return textOf(entry.sourceUrl) ?? githubReference(source)?.source ?? source;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
