import { markdownFieldsAdapter } from "../adapters/markdown-fields.ts";
import { opencodeText } from "../adapters/placeholders.ts";
import { opencodeServers } from "../mcp/server-files.ts";
import { instructionsPlace } from "./instructions-place.ts";
import type { Runtime, RuntimePlace, TargetScope } from "./runtime.ts";

const title = "OpenCode";

/** Sources: opencode.ai's documentation (skills) for V1 and V2; rulesync's adapter for agents and commands. */
export const opencode: Runtime = {
  id: "opencode",
  title,
  environmentRoots: [{ variable: "XDG_CONFIG_HOME", path: ".config" }],
  places: [
    ...placesOf("project", ".opencode"),
    ...placesOf("user", ".config/opencode"),
    instructionsPlace("AGENTS.md", "adapter"),
    instructionsPlace("CLAUDE.md", "adapter", {
      // Read only where there is no AGENTS.md.
      hiding: { names: ["AGENTS.md"], reach: "folder", importMark: null },
    }),
    ...opencodeServers.places,
  ],
  unsupported: [
    { kind: "rule", why: "OpenCode names its rules in `instructions` of opencode.json, without paths" },
    { kind: "hooks", why: "OpenCode has plugins, which are code, and no hooks" },
  ],
  detection: [
    { scope: "project", path: ".opencode" },
    { scope: "project", path: "opencode.json" },
    { scope: "project", path: "opencode.jsonc" },
    { scope: "user", path: ".config/opencode" },
  ],
  processSigns: [],
  showsSkillOnce: "`opencode debug skill`, 1.18.33",
  goesByDeclaredName: [],
  fallsBackToFileName: true,
  adapters: {
    mcp: opencodeServers.adapter,
    agent: markdownFieldsAdapter({
      title,
      carried: ["description"],
      required: ["description"],
      initial: { mode: "subagent" },
      reasons: {
        name: "OpenCode calls an agent by its file's name",
        model: "OpenCode names a model with its provider",
        tools: "OpenCode has `permission` instead, with other names for tools",
        disallowedTools: "OpenCode has `permission` instead, with other names for tools",
        permissionMode: "OpenCode has `permission` instead, with other meanings",
        maxTurns: "OpenCode has `steps` instead",
      },
      refused: [],
    }),
    command: markdownFieldsAdapter({
      title,
      carried: ["description"],
      required: [],
      initial: {},
      reasons: { model: "OpenCode names a model with its provider" },
      refused: [],
      // OpenCode counts arguments from 1.
      text: opencodeText,
    }),
  },
  hooks: null,
};

function placesOf(scope: TargetScope, folder: string): readonly RuntimePlace[] {
  const shared = { scope, format: "markdown" } as const;
  const skill = { ...shared, kind: "skill", layout: "folders", evidence: "vendor" } as const;
  const file = { ...shared, layout: "files", role: "write", evidence: "adapter" } as const;
  return [
    { ...skill, path: `${folder}/skills`, role: "write" },
    { ...skill, path: ".agents/skills", role: "read" },
    { ...skill, path: ".claude/skills", role: "read" },
    { ...file, kind: "agent", path: `${folder}/agents` },
    { ...file, kind: "command", path: `${folder}/commands` },
  ];
}
