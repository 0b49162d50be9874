import { expect, test } from "vitest";
import { claude } from "../table/claude.ts";
import { codex } from "../table/codex.ts";
import { cursor } from "../table/cursor.ts";
import { runtimes } from "../table/table.ts";
import { duplicateText, skillDuplicates } from "./skill-duplicates.ts";
import { targetPlan } from "./target-plan.ts";

const scopes = ["project", "user"] as const;
const pairs = runtimes.flatMap((one, at) => runtimes.slice(at + 1).map((other) => [one, other] as const));

function duplicatesOf(root: string): readonly string[] {
  const found = scopes.flatMap((scope) =>
    pairs.flatMap((pair) => {
      const plans = pair.map((runtime) => targetPlan(runtime, scope, root));
      return skillDuplicates(plans).map(
        ({ runtime, folders }) =>
          `${scope} ${pair.map(({ id }) => id).join(" and ")}: ${runtime.id} reads ${folders.join(", ")}`,
      );
    }),
  );
  return found.sort();
}

test("every pair of runtimes with the root .agents: only those that read .claude as well, beside Claude Code", () => {
  expect(duplicatesOf(".agents")).toEqual(
    scopes
      .flatMap((scope) =>
        ["cursor", "copilot", "opencode"].map(
          (id) => `${scope} claude and ${id}: ${id} reads .agents/skills, .claude/skills`,
        ),
      )
      .sort(),
  );
});

// Gemini CLI could do with the copies for Codex; where a target writes does not depend on the others yet.
test("every pair of runtimes with the root .claude: only those that read .agents as well, beside Codex", () => {
  expect(duplicatesOf(".claude")).toEqual(
    scopes
      .flatMap((scope) => [
        ...["cursor", "copilot", "opencode"].map(
          (id) => `${scope} codex and ${id}: ${id} reads .agents/skills, .claude/skills`,
        ),
        `${scope} codex and gemini: gemini reads .agents/skills, .gemini/skills`,
      ])
      .sort(),
  );
});

test("one runtime alone never finds a skill twice, whatever the root", () => {
  for (const runtime of runtimes) {
    for (const root of [".agents", ".claude"]) {
      for (const scope of scopes) expect(skillDuplicates([targetPlan(runtime, scope, root)])).toEqual([]);
    }
  }
});

test("three runtimes: the one that finds two copies is named, with the folders", () => {
  const plans = [claude, codex, cursor].map((runtime) => targetPlan(runtime, "project", ".agents"));
  expect(skillDuplicates(plans).map(duplicateText)).toEqual([
    "Cursor reads .agents/skills and .claude/skills, and may show each skill 2 times",
  ]);
});
