import { markdownFieldsAdapter } from "../adapters/markdown-fields.ts";
import { instructionsPlace } from "./instructions-place.ts";
import type { Runtime, RuntimePlace, TargetScope } from "./runtime.ts";

const title = "GitHub Copilot";

/** Sources: microsoft/vscode, copilot-customizations-spec.md; the changelog of Copilot CLI, to 1.0.102. */
export const copilot: Runtime = {
  id: "copilot",
  title,
  environmentRoots: [{ variable: "COPILOT_HOME", path: ".copilot" }],
  places: [
    ...placesOf("project", ".github"),
    ...placesOf("user", ".copilot"),
    ...["AGENTS.md", "CLAUDE.md", "GEMINI.md"].map((path) =>
      instructionsPlace(path, "vendor", { depthMost: 2 }),
    ),
  ],
  unsupported: [
    { kind: "command", why: "stet does not write prompts (.prompt.md) to GitHub Copilot yet" },
    { kind: "rule", why: "stet does not write instructions for certain paths to GitHub Copilot yet" },
    { kind: "mcp", why: "stet does not write MCP servers to GitHub Copilot yet" },
    { kind: "hooks", why: "stet does not write hook sets to GitHub Copilot yet" },
  ],
  // A bare `.github` shows nobody.
  detection: [
    { scope: "project", path: ".github/copilot-instructions.md" },
    { scope: "project", path: ".github/instructions" },
    { scope: "project", path: ".github/prompts" },
    { scope: "project", path: ".github/agents" },
    { scope: "project", path: ".github/skills" },
    { scope: "project", path: ".github/copilot" },
    { scope: "user", path: ".copilot" },
  ],
  processSigns: [],
  goesByDeclaredName: ["agent"],
  fallsBackToFileName: true,
  adapters: {
    agent: markdownFieldsAdapter({
      title,
      carried: ["name", "description"],
      required: ["name", "description"],
      initial: {},
      reasons: {
        model: "GitHub Copilot has its own names for models",
        tools: "GitHub Copilot has other names for tools",
        mcpServers: "GitHub Copilot has `mcp-servers` instead, in its own form",
      },
      refused: [],
    }),
  },
  hooks: null,
};

function placesOf(scope: TargetScope, folder: string): readonly RuntimePlace[] {
  const shared = { scope, format: "markdown", evidence: "vendor" } as const;
  const agents = { ...shared, kind: "agent", layout: "files" } as const;
  const open = { ...shared, kind: "skill", path: ".agents/skills", role: "read", layout: "folders" } as const;
  return [
    { ...shared, kind: "skill", path: `${folder}/skills`, role: "write", layout: "folders" },
    scope === "project" ? open : { ...open, unlessSet: "COPILOT_HOME" },
    { ...shared, kind: "skill", path: ".claude/skills", role: "read", layout: "folders" },
    { ...agents, path: `${folder}/agents`, role: "write", extension: ".agent.md" },
    ...(scope === "project" ? [{ ...agents, path: ".claude/agents", role: "read" } as const] : []),
  ];
}
