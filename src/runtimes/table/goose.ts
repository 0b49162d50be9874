import { markdownFieldsAdapter } from "../adapters/markdown-fields.ts";
import { gooseServers } from "../mcp/server-files.ts";
import { instructionsPlace } from "./instructions-place.ts";
import type { Runtime, RuntimePlace, TargetScope } from "./runtime.ts";

const title = "Goose";

/** Sources: goose's documentation (skills); rulesync's adapter, which cites it, for agents; npx skills. */
export const goose: Runtime = {
  id: "goose",
  title,
  environmentRoots: [{ variable: "XDG_CONFIG_HOME", path: ".config" }],
  places: [
    ...placesOf("project", ".goose"),
    ...placesOf("user", ".config/goose"),
    instructionsPlace("AGENTS.md", "adapter"),
    ...gooseServers.places,
  ],
  unsupported: [
    { kind: "command", why: "Goose has recipes, which are more than a text, and no commands" },
    { kind: "rule", why: "Goose has no rules for certain paths" },
    {
      kind: "mcp",
      scope: "project",
      why: "Goose reads those of a project from plugins in .agents, and started ones alone",
    },
    { kind: "hooks", why: "Goose reads them from plugins, in folders of .agents" },
  ],
  detection: [
    { scope: "project", path: ".goose" },
    { scope: "project", path: ".goosehints" },
    { scope: "user", path: ".config/goose" },
  ],
  processSigns: [],
  goesByDeclaredName: ["agent"],
  fallsBackToFileName: true,
  adapters: {
    mcp: gooseServers.adapter,
    agent: markdownFieldsAdapter({
      title,
      carried: ["name", "description"],
      required: ["name"],
      initial: {},
      reasons: {
        model: "Goose has its own names for models",
        tools: "an agent of Goose has no list of tools",
        disallowedTools: "an agent of Goose has no list of tools",
      },
      refused: [],
    }),
  },
  hooks: null,
};

function placesOf(scope: TargetScope, folder: string): readonly RuntimePlace[] {
  const shared = { scope, format: "markdown" } as const;
  const skill = { ...shared, kind: "skill", layout: "folders", evidence: "vendor" } as const;
  return [
    { ...skill, path: ".agents/skills", role: "write" },
    { ...skill, path: `${folder}/skills`, role: "read" },
    { ...skill, path: ".claude/skills", role: "read" },
    {
      ...shared,
      kind: "agent",
      path: `${folder}/agents`,
      role: "write",
      layout: "files",
      evidence: "adapter",
    },
  ];
}
