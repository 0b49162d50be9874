import { globField } from "../adapters/glob-list.ts";
import { markdownFieldsAdapter } from "../adapters/markdown-fields.ts";
import { copilotText } from "../adapters/placeholders.ts";
import { copilotHookSet } from "../hooks/hook-places.ts";
import { copilotServers } from "../mcp/server-files.ts";
import { instructionsPlace } from "./instructions-place.ts";
import type { Runtime, RuntimePlace, TargetScope } from "./runtime.ts";

const title = "GitHub Copilot";

const prompts: RuntimePlace = {
  kind: "command",
  scope: "project",
  path: ".github/prompts",
  role: "write",
  format: "markdown",
  layout: "files",
  extension: ".prompt.md",
  evidence: "adapter",
  note: "VS Code alone; Copilot CLI shows .claude/commands among its skills",
};

/**
 * Sources: microsoft/vscode, copilot-customizations-spec.md; the changelog of Copilot CLI, to 1.0.102, and what it
 * lists.
 */
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
    ...copilotServers.places,
    ...copilotHookSet.places,
  ],
  unsupported: [
    {
      kind: "command",
      scope: "user",
      why: "where VS Code reads the prompts of a user is not known; Copilot CLI reads ~/.claude/commands",
    },
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
  showsSkillOnce: "`copilot skill list`, 1.0.102",
  goesByDeclaredName: ["agent"],
  fallsBackToFileName: true,
  adapters: {
    mcp: copilotServers.adapter,
    hooks: copilotHookSet.adapter,
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
    command: markdownFieldsAdapter({
      title,
      carried: ["description"],
      required: [],
      initial: {},
      reasons: {
        model: "GitHub Copilot has its own names for models",
        "allowed-tools": "GitHub Copilot has `tools` instead, with other names",
        "argument-hint": "a prompt of GitHub Copilot asks for each of its inputs",
      },
      refused: [],
      text: copilotText,
    }),
    rule: markdownFieldsAdapter({
      title,
      carried: ["description", globField("applyTo", "**")],
      required: [],
      initial: {},
      reasons: {},
      refused: [],
      lenient: true,
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
    {
      ...shared,
      kind: "rule",
      path: `${folder}/instructions`,
      role: "write",
      layout: "files",
      extension: ".instructions.md",
    },
    ...(scope === "project" ? [{ ...agents, path: ".claude/agents", role: "read" } as const, prompts] : []),
  ];
}
