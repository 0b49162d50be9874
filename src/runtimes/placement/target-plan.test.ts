import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatWrittenSource, parseWrittenSource } from "../drift/written-source.ts";
import { claude } from "../table/claude.ts";
import { codex } from "../table/codex.ts";
import { copilot } from "../table/copilot.ts";
import { findRuntime, runtimes } from "../table/table.ts";
import { zed } from "../table/zed.ts";
import { canonicalPathOf, targetPathOf } from "./path-mapping.ts";
import { parseTargetId, targetId } from "./target.ts";
import {
  environmentMounts,
  extensionOf,
  hidingPaths,
  scannedParts,
  targetPlan,
  type Variables,
} from "./target-plan.ts";

const layouts = [".agents", ".claude", "steering"] as const;
const scopes = ["project", "user"] as const;
const plans = runtimes.flatMap((runtime) =>
  scopes.flatMap((scope) => layouts.map((layout) => targetPlan(runtime, scope, layout))),
);

describe("what becomes of each kind", () => {
  // RUNTIMES.md 2.1 to 2.4: Claude Code reads .claude, Codex reads .agents/skills and .codex/agents.
  test("as the table of facts says", () => {
    const table = plans.map((plan) => {
      const kinds = Object.entries(plan.kinds).map(([kind, one]) =>
        one.how === "write" ? `${kind} -> ${one.place.path}` : `${kind} ${one.how}`,
      );
      return `${targetId(plan.target)} in ${plan.rootLayout}: ${kinds.join(", ")}; in place ${[...plan.instructions.keys()].join(", ") || "nothing"}`;
    });
    expect(table).toMatchInlineSnapshot(`
      [
        "claude:project in .agents: skill -> .claude/skills, agent -> .claude/agents, command -> .claude/commands, rule -> .claude/rules, mcp -> .mcp.json, hooks -> .claude/settings.json; in place AGENTS.md, CLAUDE.md",
        "claude:project in .claude: skill native, agent native, command native, rule native, mcp -> .mcp.json, hooks -> .claude/settings.json; in place AGENTS.md, CLAUDE.md",
        "claude:project in steering: skill -> .claude/skills, agent -> .claude/agents, command -> .claude/commands, rule -> .claude/rules, mcp -> .mcp.json, hooks -> .claude/settings.json; in place AGENTS.md, CLAUDE.md",
        "claude:user in .agents: skill -> .claude/skills, agent -> .claude/agents, command -> .claude/commands, rule -> .claude/rules, mcp -> .claude.json, hooks -> .claude/settings.json; in place nothing",
        "claude:user in .claude: skill native, agent native, command native, rule native, mcp -> .claude.json, hooks -> .claude/settings.json; in place nothing",
        "claude:user in steering: skill -> .claude/skills, agent -> .claude/agents, command -> .claude/commands, rule -> .claude/rules, mcp -> .claude.json, hooks -> .claude/settings.json; in place nothing",
        "codex:project in .agents: skill native, agent -> .codex/agents, command unsupported, rule unsupported, mcp -> .codex/config.toml, hooks -> .codex/hooks.json; in place AGENTS.md",
        "codex:project in .claude: skill -> .agents/skills, agent -> .codex/agents, command unsupported, rule unsupported, mcp -> .codex/config.toml, hooks -> .codex/hooks.json; in place AGENTS.md",
        "codex:project in steering: skill -> .agents/skills, agent -> .codex/agents, command unsupported, rule unsupported, mcp -> .codex/config.toml, hooks -> .codex/hooks.json; in place AGENTS.md",
        "codex:user in .agents: skill native, agent -> .codex/agents, command unsupported, rule unsupported, mcp -> .codex/config.toml, hooks -> .codex/hooks.json; in place nothing",
        "codex:user in .claude: skill -> .agents/skills, agent -> .codex/agents, command unsupported, rule unsupported, mcp -> .codex/config.toml, hooks -> .codex/hooks.json; in place nothing",
        "codex:user in steering: skill -> .agents/skills, agent -> .codex/agents, command unsupported, rule unsupported, mcp -> .codex/config.toml, hooks -> .codex/hooks.json; in place nothing",
        "cursor:project in .agents: skill native, agent -> .cursor/agents, command -> .cursor/commands, rule -> .cursor/rules, mcp -> .cursor/mcp.json, hooks unsupported; in place AGENTS.md",
        "cursor:project in .claude: skill native, agent -> .cursor/agents, command -> .cursor/commands, rule -> .cursor/rules, mcp -> .cursor/mcp.json, hooks unsupported; in place AGENTS.md",
        "cursor:project in steering: skill -> .cursor/skills, agent -> .cursor/agents, command -> .cursor/commands, rule -> .cursor/rules, mcp -> .cursor/mcp.json, hooks unsupported; in place AGENTS.md",
        "cursor:user in .agents: skill native, agent -> .cursor/agents, command -> .cursor/commands, rule unsupported, mcp -> .cursor/mcp.json, hooks unsupported; in place nothing",
        "cursor:user in .claude: skill native, agent -> .cursor/agents, command -> .cursor/commands, rule unsupported, mcp -> .cursor/mcp.json, hooks unsupported; in place nothing",
        "cursor:user in steering: skill -> .cursor/skills, agent -> .cursor/agents, command -> .cursor/commands, rule unsupported, mcp -> .cursor/mcp.json, hooks unsupported; in place nothing",
        "copilot:project in .agents: skill native, agent -> .github/agents, command -> .github/prompts, rule -> .github/instructions, mcp -> .vscode/mcp.json, hooks -> .github/hooks/stet.json; in place AGENTS.md, CLAUDE.md, GEMINI.md",
        "copilot:project in .claude: skill native, agent native, command -> .github/prompts, rule -> .github/instructions, mcp -> .vscode/mcp.json, hooks -> .github/hooks/stet.json; in place AGENTS.md, CLAUDE.md, GEMINI.md",
        "copilot:project in steering: skill -> .github/skills, agent -> .github/agents, command -> .github/prompts, rule -> .github/instructions, mcp -> .vscode/mcp.json, hooks -> .github/hooks/stet.json; in place AGENTS.md, CLAUDE.md, GEMINI.md",
        "copilot:user in .agents: skill native, agent -> .copilot/agents, command unsupported, rule -> .copilot/instructions, mcp -> .copilot/mcp-config.json, hooks -> .copilot/hooks/stet.json; in place nothing",
        "copilot:user in .claude: skill native, agent -> .copilot/agents, command unsupported, rule -> .copilot/instructions, mcp -> .copilot/mcp-config.json, hooks -> .copilot/hooks/stet.json; in place nothing",
        "copilot:user in steering: skill -> .copilot/skills, agent -> .copilot/agents, command unsupported, rule -> .copilot/instructions, mcp -> .copilot/mcp-config.json, hooks -> .copilot/hooks/stet.json; in place nothing",
        "gemini:project in .agents: skill native, agent -> .gemini/agents, command -> .gemini/commands, rule unsupported, mcp -> .gemini/settings.json, hooks -> .gemini/settings.json; in place GEMINI.md",
        "gemini:project in .claude: skill -> .gemini/skills, agent -> .gemini/agents, command -> .gemini/commands, rule unsupported, mcp -> .gemini/settings.json, hooks -> .gemini/settings.json; in place GEMINI.md",
        "gemini:project in steering: skill -> .gemini/skills, agent -> .gemini/agents, command -> .gemini/commands, rule unsupported, mcp -> .gemini/settings.json, hooks -> .gemini/settings.json; in place GEMINI.md",
        "gemini:user in .agents: skill native, agent -> .gemini/agents, command -> .gemini/commands, rule unsupported, mcp -> .gemini/settings.json, hooks -> .gemini/settings.json; in place nothing",
        "gemini:user in .claude: skill -> .gemini/skills, agent -> .gemini/agents, command -> .gemini/commands, rule unsupported, mcp -> .gemini/settings.json, hooks -> .gemini/settings.json; in place nothing",
        "gemini:user in steering: skill -> .gemini/skills, agent -> .gemini/agents, command -> .gemini/commands, rule unsupported, mcp -> .gemini/settings.json, hooks -> .gemini/settings.json; in place nothing",
        "opencode:project in .agents: skill native, agent -> .opencode/agents, command -> .opencode/commands, rule unsupported, mcp -> opencode.json, hooks unsupported; in place AGENTS.md, CLAUDE.md",
        "opencode:project in .claude: skill native, agent -> .opencode/agents, command -> .opencode/commands, rule unsupported, mcp -> opencode.json, hooks unsupported; in place AGENTS.md, CLAUDE.md",
        "opencode:project in steering: skill -> .opencode/skills, agent -> .opencode/agents, command -> .opencode/commands, rule unsupported, mcp -> opencode.json, hooks unsupported; in place AGENTS.md, CLAUDE.md",
        "opencode:user in .agents: skill native, agent -> .config/opencode/agents, command -> .config/opencode/commands, rule unsupported, mcp -> .config/opencode/opencode.json, hooks unsupported; in place nothing",
        "opencode:user in .claude: skill native, agent -> .config/opencode/agents, command -> .config/opencode/commands, rule unsupported, mcp -> .config/opencode/opencode.json, hooks unsupported; in place nothing",
        "opencode:user in steering: skill -> .config/opencode/skills, agent -> .config/opencode/agents, command -> .config/opencode/commands, rule unsupported, mcp -> .config/opencode/opencode.json, hooks unsupported; in place nothing",
        "antigravity-cli:project in .agents: skill native, agent native, command unsupported, rule native, mcp -> .agents/mcp_config.json, hooks unsupported; in place AGENTS.md",
        "antigravity-cli:project in .claude: skill -> .agents/skills, agent -> .agents/agents, command unsupported, rule -> .agents/rules, mcp -> .agents/mcp_config.json, hooks unsupported; in place AGENTS.md",
        "antigravity-cli:project in steering: skill -> .agents/skills, agent -> .agents/agents, command unsupported, rule -> .agents/rules, mcp -> .agents/mcp_config.json, hooks unsupported; in place AGENTS.md",
        "antigravity-cli:user in .agents: skill -> .gemini/antigravity-cli/skills, agent -> .gemini/config/agents, command unsupported, rule unsupported, mcp -> .gemini/config/mcp_config.json, hooks unsupported; in place nothing",
        "antigravity-cli:user in .claude: skill -> .gemini/antigravity-cli/skills, agent -> .gemini/config/agents, command unsupported, rule unsupported, mcp -> .gemini/config/mcp_config.json, hooks unsupported; in place nothing",
        "antigravity-cli:user in steering: skill -> .gemini/antigravity-cli/skills, agent -> .gemini/config/agents, command unsupported, rule unsupported, mcp -> .gemini/config/mcp_config.json, hooks unsupported; in place nothing",
        "antigravity:project in .agents: skill native, agent native, command unsupported, rule native, mcp -> .agents/mcp_config.json, hooks unsupported; in place AGENTS.md",
        "antigravity:project in .claude: skill -> .agents/skills, agent -> .agents/agents, command unsupported, rule -> .agents/rules, mcp -> .agents/mcp_config.json, hooks unsupported; in place AGENTS.md",
        "antigravity:project in steering: skill -> .agents/skills, agent -> .agents/agents, command unsupported, rule -> .agents/rules, mcp -> .agents/mcp_config.json, hooks unsupported; in place AGENTS.md",
        "antigravity:user in .agents: skill unsupported, agent -> .gemini/config/agents, command unsupported, rule unsupported, mcp -> .gemini/config/mcp_config.json, hooks unsupported; in place nothing",
        "antigravity:user in .claude: skill unsupported, agent -> .gemini/config/agents, command unsupported, rule unsupported, mcp -> .gemini/config/mcp_config.json, hooks unsupported; in place nothing",
        "antigravity:user in steering: skill unsupported, agent -> .gemini/config/agents, command unsupported, rule unsupported, mcp -> .gemini/config/mcp_config.json, hooks unsupported; in place nothing",
        "devin:project in .agents: skill native, agent -> .devin/agents, command unsupported, rule -> .devin/rules, mcp -> .devin/mcp_config.json, hooks unsupported; in place AGENTS.md",
        "devin:project in .claude: skill -> .devin/skills, agent -> .devin/agents, command unsupported, rule -> .devin/rules, mcp -> .devin/mcp_config.json, hooks unsupported; in place AGENTS.md",
        "devin:project in steering: skill -> .devin/skills, agent -> .devin/agents, command unsupported, rule -> .devin/rules, mcp -> .devin/mcp_config.json, hooks unsupported; in place AGENTS.md",
        "devin:user in .agents: skill -> .config/devin/skills, agent -> .config/devin/agents, command unsupported, rule -> .devin/rules, mcp -> .config/devin/mcp_config.json, hooks unsupported; in place nothing",
        "devin:user in .claude: skill -> .config/devin/skills, agent -> .config/devin/agents, command unsupported, rule -> .devin/rules, mcp -> .config/devin/mcp_config.json, hooks unsupported; in place nothing",
        "devin:user in steering: skill -> .config/devin/skills, agent -> .config/devin/agents, command unsupported, rule -> .devin/rules, mcp -> .config/devin/mcp_config.json, hooks unsupported; in place nothing",
        "kimi:project in .agents: skill native, agent native, command unsupported, rule unsupported, mcp -> .kimi-code/mcp.json, hooks unsupported; in place AGENTS.md",
        "kimi:project in .claude: skill -> .kimi-code/skills, agent -> .kimi-code/agents, command unsupported, rule unsupported, mcp -> .kimi-code/mcp.json, hooks unsupported; in place AGENTS.md",
        "kimi:project in steering: skill -> .kimi-code/skills, agent -> .kimi-code/agents, command unsupported, rule unsupported, mcp -> .kimi-code/mcp.json, hooks unsupported; in place AGENTS.md",
        "kimi:user in .agents: skill native, agent native, command unsupported, rule unsupported, mcp -> .kimi-code/mcp.json, hooks -> .kimi-code/config.toml; in place nothing",
        "kimi:user in .claude: skill -> .kimi-code/skills, agent -> .kimi-code/agents, command unsupported, rule unsupported, mcp -> .kimi-code/mcp.json, hooks -> .kimi-code/config.toml; in place nothing",
        "kimi:user in steering: skill -> .kimi-code/skills, agent -> .kimi-code/agents, command unsupported, rule unsupported, mcp -> .kimi-code/mcp.json, hooks -> .kimi-code/config.toml; in place nothing",
        "amp:project in .agents: skill native, agent unsupported, command unsupported, rule unsupported, mcp -> .amp/settings.json, hooks unsupported; in place AGENTS.md",
        "amp:project in .claude: skill -> .agents/skills, agent unsupported, command unsupported, rule unsupported, mcp -> .amp/settings.json, hooks unsupported; in place AGENTS.md",
        "amp:project in steering: skill -> .agents/skills, agent unsupported, command unsupported, rule unsupported, mcp -> .amp/settings.json, hooks unsupported; in place AGENTS.md",
        "amp:user in .agents: skill -> .config/agents/skills, agent unsupported, command unsupported, rule unsupported, mcp -> .config/amp/settings.json, hooks unsupported; in place nothing",
        "amp:user in .claude: skill -> .config/agents/skills, agent unsupported, command unsupported, rule unsupported, mcp -> .config/amp/settings.json, hooks unsupported; in place nothing",
        "amp:user in steering: skill -> .config/agents/skills, agent unsupported, command unsupported, rule unsupported, mcp -> .config/amp/settings.json, hooks unsupported; in place nothing",
        "goose:project in .agents: skill native, agent -> .goose/agents, command unsupported, rule unsupported, mcp unsupported, hooks unsupported; in place AGENTS.md",
        "goose:project in .claude: skill native, agent -> .goose/agents, command unsupported, rule unsupported, mcp unsupported, hooks unsupported; in place AGENTS.md",
        "goose:project in steering: skill -> .agents/skills, agent -> .goose/agents, command unsupported, rule unsupported, mcp unsupported, hooks unsupported; in place AGENTS.md",
        "goose:user in .agents: skill native, agent -> .config/goose/agents, command unsupported, rule unsupported, mcp -> .config/goose/config.yaml, hooks unsupported; in place nothing",
        "goose:user in .claude: skill native, agent -> .config/goose/agents, command unsupported, rule unsupported, mcp -> .config/goose/config.yaml, hooks unsupported; in place nothing",
        "goose:user in steering: skill -> .agents/skills, agent -> .config/goose/agents, command unsupported, rule unsupported, mcp -> .config/goose/config.yaml, hooks unsupported; in place nothing",
        "zed:project in .agents: skill native, agent unsupported, command unsupported, rule unsupported, mcp -> .zed/settings.json, hooks unsupported; in place AGENTS.md, CLAUDE.md, GEMINI.md",
        "zed:project in .claude: skill -> .agents/skills, agent unsupported, command unsupported, rule unsupported, mcp -> .zed/settings.json, hooks unsupported; in place AGENTS.md, CLAUDE.md, GEMINI.md",
        "zed:project in steering: skill -> .agents/skills, agent unsupported, command unsupported, rule unsupported, mcp -> .zed/settings.json, hooks unsupported; in place AGENTS.md, CLAUDE.md, GEMINI.md",
        "zed:user in .agents: skill native, agent unsupported, command unsupported, rule unsupported, mcp -> .config/zed/settings.json, hooks unsupported; in place nothing",
        "zed:user in .claude: skill -> .agents/skills, agent unsupported, command unsupported, rule unsupported, mcp -> .config/zed/settings.json, hooks unsupported; in place nothing",
        "zed:user in steering: skill -> .agents/skills, agent unsupported, command unsupported, rule unsupported, mcp -> .config/zed/settings.json, hooks unsupported; in place nothing",
      ]
    `);
  });

  test("whatever is unsupported says why", () => {
    for (const plan of plans) {
      for (const kind of Object.values(plan.kinds)) expect(kind.reason.length).toBeGreaterThan(10);
    }
    expect(targetPlan(codex, "project", ".agents").kinds.command.reason).toContain("deprecated");
  });

  test("nothing is planned into the root (BUGS F6)", () => {
    for (const plan of plans) {
      for (const kind of Object.values(plan.kinds)) {
        // Keys go into a file of the user's, which may lie there: it is no copy, and no part of the root.
        if (kind.how !== "write" || kind.place.layout === "keys") continue;
        expect(`${kind.place.path}/`.startsWith(`${plan.rootLayout}/`)).toBe(false);
      }
    }
    expect(targetPlan(codex, "project", ".codex").kinds.agent.how).toBe("unsupported");
  });

  test("no two places of a runtime at one scope are the same", () => {
    for (const { places } of runtimes) {
      const keys = places.map(({ kind, scope, path }) => `${kind} ${scope} ${path}`);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});

describe("paths", () => {
  test("there and back, for every file of a skill", () => {
    const plan = targetPlan(claude, "project", ".agents");
    expect(targetPathOf(plan, "skills/pdf/scripts/run.py")).toBe(".claude/skills/pdf/scripts/run.py");
    expect(canonicalPathOf(plan, ".claude/skills/pdf/scripts/run.py")).toBe("skills/pdf/scripts/run.py");
    expect(targetPathOf(plan, "commands/git/commit.md")).toBe(".claude/commands/git/commit.md");
    const there = targetPlan(codex, "user", ".agents");
    expect(targetPathOf(there, "agents/team/a.md")).toBe(".codex/agents/team/a.toml");
    expect(canonicalPathOf(there, ".codex/agents/team/a.toml")).toBe("agents/team/a.md");
  });

  test("what has no copy has no path", () => {
    const plan = targetPlan(codex, "project", ".agents");
    for (const path of [
      "skills/pdf/SKILL.md",
      "commands/go.md",
      "agents/a.txt",
      "agents/.md",
      "reports/a/report.md",
    ]) {
      expect(targetPathOf(plan, path)).toBeNull();
    }
    const user = targetPlan(claude, "user", ".agents");
    expect(targetPathOf(user, "skills/synced/x/SKILL.md")).toBeNull();
    expect(canonicalPathOf(user, ".claude/skills/synced/x/SKILL.md")).toBeNull();
    expect(canonicalPathOf(user, ".claude/settings.json")).toBeNull();
  });

  test("the mapping is one to one in both directions", () => {
    const segment = fc.stringMatching(/^[a-zA-Z0-9._-]{1,8}$/);
    const folder = fc.constantFrom("skills", "agents", "commands", "rules", "reports", "stet/mcp");
    const ending = fc.constantFrom("", ".md", ".toml", "/SKILL.md");
    const path = fc
      .tuple(folder, fc.array(segment, { minLength: 1, maxLength: 3 }), ending)
      .map(([start, segments, end]) => `${start}/${segments.join("/")}${end}`);
    fc.assert(
      fc.property(fc.constantFrom(...plans), path, (plan, canonical) => {
        const target = targetPathOf(plan, canonical);
        if (target !== null) expect(canonicalPathOf(plan, target)).toBe(canonical);
        for (const kind of Object.values(plan.kinds)) {
          if (kind.how !== "write") continue;
          const there = canonical.replace(/^[^/]+/, () => kind.place.path);
          const back = canonicalPathOf(plan, there);
          if (back !== null) expect(targetPathOf(plan, back)).toBe(there);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("what is looked at", () => {
  test("what stet may write, and what hides AGENTS.md", () => {
    expect(scannedParts(targetPlan(codex, "project", ".agents"), [""])).toEqual([
      { kind: "folder", path: ".codex/agents", recursive: true, extensions: [".toml"] },
      { kind: "file", path: ".codex/config.toml" },
      { kind: "file", path: ".codex/hooks.json" },
      { kind: "file", path: "AGENTS.override.md" },
    ]);
    // Of the root itself nothing, but the settings of the user that lie in it or beside it.
    expect(scannedParts(targetPlan(claude, "project", ".claude"), [])).toEqual([
      { kind: "file", path: ".mcp.json" },
      { kind: "file", path: ".claude/settings.json" },
    ]);
    expect(hidingPaths(targetPlan(claude, "project", ".agents"), "a/b/AGENTS.md")).toContain("a/CLAUDE.md");
    expect(hidingPaths(targetPlan(claude, "project", ".agents"), "a/b/AGENTS.md")).toHaveLength(9);
    expect(hidingPaths(targetPlan(codex, "project", ".agents"), "a/b/AGENTS.md")).toEqual([
      "a/b/AGENTS.override.md",
    ]);
  });

  test("folders that a variable moves, in the user scope alone", () => {
    const moved = (id: string, variables: Variables, platform = "linux") => {
      const runtime = findRuntime(id);
      if (runtime === undefined) throw new Error(`${id} is no runtime`);
      return environmentMounts({ runtime, scope: "user" }, { variables, platform });
    };
    const at = (prefix: string, base: string) => [{ prefix, base }];
    expect(moved("codex", { CODEX_HOME: "/srv/codex" })).toEqual(at(".codex/", "/srv/codex"));
    expect(moved("claude", { CLAUDE_CONFIG_DIR: "/srv/c" })).toEqual([
      ...at(".claude/", "/srv/c"),
      ...at(".claude.json", "/srv/c/.claude.json"),
    ]);
    expect(moved("claude", { CLAUDE_CONFIG_DIR: "" })).toEqual([]);
    expect(moved("copilot", { COPILOT_HOME: "/srv/c" })).toEqual(at(".copilot/", "/srv/c"));
    expect(moved("kimi", { KIMI_CODE_HOME: "/srv/kimi" })).toEqual(at(".kimi-code/", "/srv/kimi"));
    for (const id of ["opencode", "devin", "amp", "goose", "zed"]) {
      expect(moved(id, { XDG_CONFIG_HOME: "/srv/x" }), id).toEqual(at(".config/", "/srv/x"));
    }
    const variables = { CODEX_HOME: "/srv/codex" };
    const project = environmentMounts({ runtime: codex, scope: "project" }, { variables, platform: "linux" });
    expect(project).toEqual([]);
  });

  test("Zed's own folder on Windows is that of %APPDATA%, and nowhere else", () => {
    const variables = { APPDATA: "/roaming" };
    const mounts = (platform: string) =>
      environmentMounts({ runtime: zed, scope: "user" }, { variables, platform });
    expect(mounts("win32")).toEqual([{ prefix: ".config/zed/", base: "/roaming/Zed" }]);
    expect(mounts("linux")).toEqual([]);
  });

  test("with COPILOT_HOME set Copilot does not read ~/.agents/skills, so that it gets copies", () => {
    const skill = (variables: Variables) => targetPlan(copilot, "user", ".agents", variables).kinds.skill;
    expect(skill({})).toMatchObject({ how: "native" });
    expect(skill({ COPILOT_HOME: "/srv/c" })).toMatchObject({
      how: "write",
      place: { path: ".copilot/skills" },
    });
  });

  test("extensions have their dot", () => {
    const formats = ["markdown", "toml", "json"] as const;
    expect(formats.map((format) => extensionOf({ format }))).toEqual([".md", ".toml", ".json"]);
    expect(extensionOf({ format: "markdown", extension: ".agent.md" })).toBe(".agent.md");
  });
});

test("a target's id, there and back", () => {
  for (const { target } of plans) expect(parseTargetId(targetId(target))).toEqual(target);
  for (const text of ["", "claude", "claude:local", "vim:user", "claude:user:x"]) {
    expect(parseTargetId(text)).toBeUndefined();
  }
});

test("what a record says of its source, there and back", () => {
  for (const adopted of [true, false]) {
    for (const besides of [null, "sha256:cd -a+b"]) {
      const source = { version: "sha256:ab", besides, adopted };
      expect(parseWrittenSource(formatWrittenSource(source))).toEqual(source);
    }
  }
});
