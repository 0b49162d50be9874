import { codexAgentAdapter } from "../adapters/codex-agent.ts";
import { codexCommandAdapter } from "../adapters/codex-command.ts";
import { codexHookSet } from "../hooks/hook-places.ts";
import { codexServers } from "../mcp/server-files.ts";
import { instructionsPlace } from "./instructions-place.ts";
import type { Runtime, RuntimePlace, TargetScope } from "./runtime.ts";

const scopes: readonly TargetScope[] = ["project", "user"];

/** Sources: developers.openai.com/codex (skills, subagents, hooks) and the open source of codex-rs, 0.169. */
export const codex: Runtime = {
  id: "codex",
  title: "Codex",
  environmentRoots: [{ variable: "CODEX_HOME", path: ".codex" }],
  places: [
    ...scopes.flatMap(placesOf),
    {
      kind: "command",
      scope: "user",
      path: ".codex/prompts",
      role: "legacy",
      format: "markdown",
      layout: "files",
      evidence: "report",
    },
    {
      kind: "skill",
      scope: "user",
      path: ".codex/skills/.system",
      role: "reserved",
      format: "markdown",
      layout: "folders",
      evidence: "vendor",
      note: "Codex keeps its own skills there",
    },
    instructionsPlace("AGENTS.md", "vendor", {
      // `AGENTS.override.md` takes the place of `AGENTS.md` in its own folder.
      hiding: { names: ["AGENTS.override.md"], reach: "folder", importMark: null },
    }),
    ...codexServers.places,
    ...codexHookSet.places,
  ],
  unsupported: [
    {
      kind: "command",
      why: "Codex has no commands in a project, and its prompts in the home folder are deprecated; as-skill in collection.toml writes them as skills",
    },
    {
      kind: "rule",
      why: "Codex has no rules for certain paths; its .codex/rules hold command policy, not text",
    },
  ],
  detection: [
    { scope: "project", path: ".codex" },
    { scope: "user", path: ".codex" },
  ],
  processSigns: [
    { variable: "CODEX_SANDBOX", tells: "runtime", evidence: "report" },
    { variable: "CODEX_SANDBOX_NETWORK_DISABLED", tells: "runtime", evidence: "report" },
    // Set for every command where the thread is known: codex-rs, protocol/src/shell_environment.rs.
    { variable: "CODEX_THREAD_ID", tells: "session", evidence: "vendor" },
  ],
  goesByDeclaredName: ["agent"],
  // The adapter writes the file's name where the canonical text has none.
  fallsBackToFileName: true,
  adapters: { mcp: codexServers.adapter, hooks: codexHookSet.adapter, agent: codexAgentAdapter },
  commandsAsSkills: {
    adapter: codexCommandAdapter,
    // Outside every root: `.agents/skills` may be the one that is kept.
    places: scopes.map(
      (scope): RuntimePlace => ({
        kind: "command",
        scope,
        path: ".codex/skills",
        role: "write",
        format: "markdown",
        layout: "files",
        extension: "/SKILL.md",
        beside: ["openai.yaml"],
        isShared: true,
        evidence: "vendor",
      }),
    ),
  },
  hooks: {
    path: { project: ".codex/hooks.json", user: ".codex/hooks.json" },
    event: "PostToolUse",
    matcher: "apply_patch|Edit|Write",
    timeoutSeconds: 10,
    evidence: "report",
    note: "Codex runs a new hook only after you have trusted it",
  },
};

function placesOf(scope: TargetScope): readonly RuntimePlace[] {
  const shared = { scope, format: "markdown", evidence: "vendor" } as const;
  return [
    { ...shared, kind: "skill", path: ".agents/skills", role: "write", layout: "folders" },
    { ...shared, kind: "skill", path: ".codex/skills", role: "legacy", layout: "folders" },
    // Looked for in all folders below it; an agent goes by the `name` inside (codex-rs, agent roles).
    { ...shared, kind: "agent", path: ".codex/agents", role: "write", layout: "files", format: "toml" },
  ];
}
