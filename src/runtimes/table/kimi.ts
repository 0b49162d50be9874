import { markdownFieldsAdapter } from "../adapters/markdown-fields.ts";
import { kimiHookSet } from "../hooks/hook-places.ts";
import { kimiServers } from "../mcp/server-files.ts";
import { instructionsPlace } from "./instructions-place.ts";
import type { Runtime, RuntimePlace, TargetScope } from "./runtime.ts";

const title = "Kimi Code";
const scopes: readonly TargetScope[] = ["project", "user"];

/** Names that the text of an agent is searched for (Kimi Code, SYSTEM.md); all others stay as they are. */
const variables = [
  ...["skills", "agents_md", "cwd", "cwd_listing", "os", "shell", "now", "additional_dirs_info"],
  ...["base_prompt", "plugin_sections", "windows_notes", "additional_dirs_section", "skills_section"],
];

/** Source: the documentation in kimi-code's repository (skills, agents, data locations, environment), 2.1. */
export const kimi: Runtime = {
  id: "kimi",
  title,
  environmentRoots: [{ variable: "KIMI_CODE_HOME", path: ".kimi-code" }],
  places: [
    ...scopes.flatMap(placesOf),
    instructionsPlace("AGENTS.md", "vendor"),
    ...kimiServers.places,
    ...kimiHookSet.places,
  ],
  unsupported: [
    { kind: "command", why: "Kimi Code has no commands; a skill is called as /skill:name" },
    { kind: "rule", why: "Kimi Code has no rules for certain paths" },
    { kind: "hooks", scope: "project", why: "Kimi Code has no hooks of a project" },
  ],
  detection: [
    { scope: "project", path: ".kimi-code" },
    { scope: "user", path: ".kimi-code" },
  ],
  processSigns: [],
  goesByDeclaredName: ["agent"],
  fallsBackToFileName: true,
  adapters: {
    mcp: kimiServers.adapter,
    hooks: kimiHookSet.adapter,
    agent: markdownFieldsAdapter({
      title,
      carried: ["name", "description"],
      required: ["description"],
      names: {
        pattern: /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
        why: "Kimi Code skips an agent whose name is not kebab-case",
      },
      initial: {},
      reasons: {
        model: "an agent of Kimi Code runs the model of the session",
        tools: "Kimi Code warns of tools that it does not have",
        disallowedTools: "Kimi Code warns of tools that it does not have",
      },
      refused: [
        {
          pattern: new RegExp(`\\$\\{(?:${variables.join("|")})\\}`),
          why: "its text holds a variable that Kimi Code would replace",
        },
      ],
    }),
  },
  hooks: null,
};

function placesOf(scope: TargetScope): readonly RuntimePlace[] {
  const shared = { scope, format: "markdown", evidence: "vendor" } as const;
  const skill = { ...shared, kind: "skill", layout: "folders" } as const;
  const agent = { ...shared, kind: "agent", layout: "files" } as const;
  return [
    { ...skill, path: ".kimi-code/skills", role: "write" },
    // KIMI_CODE_HOME does not move it.
    { ...skill, path: ".agents/skills", role: "read" },
    { ...agent, path: ".kimi-code/agents", role: "write" },
    { ...agent, path: ".agents/agents", role: "read" },
  ];
}
