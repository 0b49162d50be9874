import { tomlContainer } from "../adapters/container.ts";
import { textField } from "../adapters/dialect.ts";
import { dialectAdapter } from "../adapters/dialect-adapter.ts";
import { markdownFieldsAdapter } from "../adapters/markdown-fields.ts";
import { geminiText } from "../adapters/placeholders.ts";
import { toolsField } from "../adapters/tool-names.ts";
import { geminiHookSet } from "../hooks/hook-places.ts";
import { geminiServers } from "../mcp/server-files.ts";
import { instructionsPlace } from "./instructions-place.ts";
import type { Runtime, RuntimePlace, TargetScope } from "./runtime.ts";

const scopes: readonly TargetScope[] = ["project", "user"];
const title = "Gemini CLI";

/** Tools of Claude Code under the names of Gemini CLI (its documentation of tools). */
const toolNames = { Bash: "run_shell_command", Edit: "replace", Read: "read_file", Write: "write_file" };

/** Sources: the documentation in gemini-cli's repository (skills, subagents, memory, custom commands) and its skill loader, 0.61. */
export const gemini: Runtime = {
  id: "gemini",
  title,
  environmentRoots: [],
  places: [
    ...scopes.flatMap(placesOf),
    instructionsPlace("GEMINI.md", "vendor", {
      note: "`context.fileName` in settings.json may name other files, AGENTS.md among them",
    }),
    ...geminiServers.places,
    ...geminiHookSet.places,
  ],
  unsupported: [{ kind: "rule", why: "Gemini CLI has no rules for certain paths" }],
  // A bare `.gemini` in the home folder may be Antigravity's.
  detection: [
    { scope: "project", path: ".gemini" },
    { scope: "project", path: "GEMINI.md" },
    { scope: "user", path: ".gemini/settings.json" },
  ],
  processSigns: [],
  showsSkillOnce: "`gemini skills list`, 0.61",
  goesByDeclaredName: ["agent"],
  fallsBackToFileName: true,
  adapters: {
    mcp: geminiServers.adapter,
    hooks: geminiHookSet.adapter,
    agent: markdownFieldsAdapter({
      title,
      carried: ["name", "description", toolsField(toolNames)],
      required: ["name", "description"],
      initial: {},
      reasons: {
        model: "Gemini CLI runs models of its own",
        tools: "Gemini CLI has other names for tools, and none for some of these",
        mcpServers: "Gemini CLI describes MCP servers in its own form",
        maxTurns: "Gemini CLI has `max_turns` instead",
      },
      refused: [],
    }),
    command: dialectAdapter({
      title,
      container: tomlContainer("prompt"),
      carried: [textField("description")],
      required: [],
      initial: {},
      reasons: {
        model: "Gemini CLI runs models of its own",
        "allowed-tools": "Gemini CLI asks before a command's tools run",
        "argument-hint": "a command of Gemini CLI is a description and a prompt",
      },
      refused: [
        {
          pattern: /\{\{args\}\}|[!@]\{/,
          why: "its text has `{{args}}`, `!{` or `@{`, which Gemini CLI would replace",
        },
      ],
      text: geminiText,
    }),
  },
  hooks: null,
};

function placesOf(scope: TargetScope): readonly RuntimePlace[] {
  const shared = { scope, format: "markdown", evidence: "vendor" } as const;
  return [
    { ...shared, kind: "skill", path: ".gemini/skills", role: "write", layout: "folders" },
    // Wins over `.gemini/skills` within its scope.
    { ...shared, kind: "skill", path: ".agents/skills", role: "read", layout: "folders" },
    { ...shared, kind: "agent", path: ".gemini/agents", role: "write", layout: "files" },
    { ...shared, kind: "command", path: ".gemini/commands", role: "write", layout: "files", format: "toml" },
  ];
}
