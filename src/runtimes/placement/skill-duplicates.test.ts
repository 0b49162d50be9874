import { expect, test } from "vitest";
import { claude } from "../table/claude.ts";
import { codex } from "../table/codex.ts";
import { copilot } from "../table/copilot.ts";
import { cursor } from "../table/cursor.ts";
import type { Runtime } from "../table/runtime.ts";
import { runtimes } from "../table/table.ts";
import { duplicateText, skillDuplicates } from "./skill-duplicates.ts";
import { targetPlan } from "./target-plan.ts";
import { targetPlans } from "./target-plans.ts";

const scopes = ["project", "user"] as const;
const pairs = runtimes.flatMap((one, at) => runtimes.slice(at + 1).map((other) => [one, other] as const));

function duplicatesOf(root: string): readonly string[] {
  const found = scopes.flatMap((scope) =>
    pairs.flatMap((pair) => {
      const plans = targetPlans(
        pair.map((runtime) => ({ runtime, scope, rootLayout: root })),
        {},
      );
      return skillDuplicates(plans).map(({ runtime, folders }) => {
        const other = pair.find((one) => one.id !== runtime.id);
        return `${scope}: ${runtime.id}, beside ${other?.id}, reads ${folders.join(", ")}`;
      });
    }),
  );
  return found.sort();
}

/** Runtimes that read Claude Code's skills as well (RUNTIMES.md 2.1), and show those of one name each. */
const readClaude = ["cursor", "goose"];

test("every pair of runtimes with the root .agents: only those that read .claude as well, beside Claude Code", () => {
  const expected = scopes.flatMap((scope) =>
    readClaude.map((id) => `${scope}: ${id}, beside claude, reads .agents/skills, .claude/skills`),
  );
  expect(duplicatesOf(".agents")).toEqual(expected.sort());
});

// Kimi Code and Devin could do with the copies for the others; where a target writes does not
// depend on what the others do yet.
test("every pair of runtimes with the root .claude: those that read .agents as well, beside those that need it", () => {
  const needAgents = {
    project: ["codex", "antigravity", "antigravity-cli", "amp", "zed"],
    user: ["codex", "zed"],
  };
  const haveTheirOwn = {
    project: { kimi: ".kimi-code", devin: ".devin" },
    user: { kimi: ".kimi-code" },
  };
  const expected = scopes.flatMap((scope) =>
    needAgents[scope].flatMap((other) => [
      ...readClaude.map((id) => `${scope}: ${id}, beside ${other}, reads .agents/skills, .claude/skills`),
      ...Object.entries(haveTheirOwn[scope]).map(
        ([id, own]) => `${scope}: ${id}, beside ${other}, reads .agents/skills, ${own}/skills`,
      ),
    ]),
  );
  expect(duplicatesOf(".claude")).toEqual(expected.sort());
});

// Seen by `npm run test:runtimes`: each of them lists a skill once that lies in .agents and .claude.
test("Copilot, Gemini CLI and OpenCode show a skill once, wherever it lies", () => {
  const once = runtimes.filter(({ showsSkillOnce }) => showsSkillOnce !== undefined);
  expect(once.map(({ id }) => id)).toEqual(["copilot", "gemini", "opencode"]);
});

test("a runtime without a place of its own reads the copies for another", () => {
  const places = copilot.places.filter(({ kind, role }) => kind !== "agent" || role !== "write");
  const reader: Runtime = { ...copilot, places };
  const plans = targetPlans(
    [reader, claude].map((runtime) => ({ runtime, scope: "project", rootLayout: ".agents" }) as const),
    {},
  );
  expect(plans[0]?.kinds.agent).toEqual({
    how: "native",
    reason: "GitHub Copilot reads .claude/agents, where the copies for Claude Code lie",
  });
});

test("no two targets of one collection write into one folder, whatever the root", () => {
  for (const scope of scopes) {
    for (const rootLayout of [".agents", ".claude", "steering"]) {
      const plans = targetPlans(
        runtimes.map((runtime) => ({ runtime, scope, rootLayout })),
        {},
      );
      const written = plans.flatMap(({ kinds }) =>
        Object.entries(kinds).flatMap(([kind, one]) =>
          one.how === "write" ? [`${kind} ${one.place.path}`] : [],
        ),
      );
      expect(written).toEqual([...new Set(written)]);
      const toAgents = plans.filter(({ kinds }) => kinds.skill.reason.includes("the copies for Codex lie"));
      const ids = toAgents.map(({ target }) => target.runtime.id);
      if (rootLayout === ".claude" && scope === "project") {
        expect(ids).toEqual(["antigravity-cli", "antigravity", "amp", "zed"]);
      }
    }
  }
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
