import { claudeHookSet } from "../hooks/hook-places.ts";
import { claudeServers } from "../mcp/server-files.ts";
import { instructionsPlace } from "./instructions-place.ts";
import type { Runtime, RuntimePlace, TargetScope } from "./runtime.ts";

const scopes: readonly TargetScope[] = ["project", "user"];

/** Sources: Claude Code's documentation (skills, sub-agents, memory, hooks) and its program, 2.1.330. */
export const claude: Runtime = {
  id: "claude",
  title: "Claude Code",
  environmentRoots: [
    { variable: "CLAUDE_CONFIG_DIR", path: ".claude" },
    { variable: "CLAUDE_CONFIG_DIR", path: ".claude.json", isFile: true },
  ],
  places: [
    ...scopes.flatMap(placesOf),
    {
      kind: "skill",
      scope: "user",
      path: ".claude/skills/synced",
      role: "reserved",
      format: "markdown",
      layout: "folders",
      evidence: "vendor",
      note: "Claude Code keeps the skills there that it synchronises itself",
    },
    instructionsPlace("AGENTS.md", "vendor", {
      // Since 2.1.277. A CLAUDE.md is therefore never created unasked: it would switch AGENTS.md off (BUGS F7).
      hiding: {
        names: ["CLAUDE.md", ".claude/CLAUDE.md", "CLAUDE.local.md"],
        reach: "below",
        importMark: "@",
      },
    }),
    instructionsPlace("CLAUDE.md", "vendor"),
    ...claudeServers.places,
    ...claudeHookSet.places,
  ],
  unsupported: [],
  detection: [
    { scope: "project", path: ".claude" },
    { scope: "project", path: "CLAUDE.md" },
    { scope: "project", path: ".mcp.json" },
    { scope: "user", path: ".claude" },
  ],
  processSigns: [
    { variable: "CLAUDECODE", tells: "runtime", evidence: "vendor" },
    { variable: "CLAUDE_CODE_ENTRYPOINT", tells: "runtime", evidence: "report" },
    { variable: "CLAUDE_CODE_SESSION_ID", tells: "session", evidence: "report" },
  ],
  goesByDeclaredName: ["agent"],
  // An agent without a name is not loaded.
  fallsBackToFileName: false,
  adapters: { mcp: claudeServers.adapter, hooks: claudeHookSet.adapter },
  hooks: {
    path: { project: ".claude/settings.json", user: ".claude/settings.json" },
    event: "PostToolUse",
    matcher: "Edit|MultiEdit|NotebookEdit|Write",
    timeoutSeconds: 10,
    evidence: "vendor",
    note: null,
  },
};

function placesOf(scope: TargetScope): readonly RuntimePlace[] {
  const shared = { scope, role: "write", format: "markdown", evidence: "vendor" } as const;
  return [
    { ...shared, kind: "skill", path: ".claude/skills", layout: "folders" },
    { ...shared, kind: "agent", path: ".claude/agents", layout: "files" },
    { ...shared, kind: "command", path: ".claude/commands", layout: "files" },
    { ...shared, kind: "rule", path: ".claude/rules", layout: "files" },
  ];
}
