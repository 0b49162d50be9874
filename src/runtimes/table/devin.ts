import { globField } from "../adapters/glob-list.ts";
import { markdownFieldsAdapter } from "../adapters/markdown-fields.ts";
import { devinServers } from "../mcp/server-files.ts";
import { instructionsPlace } from "./instructions-place.ts";
import type { Runtime, RuntimePlace, TargetScope } from "./runtime.ts";

const title = "Devin";
const scopes: readonly TargetScope[] = ["project", "user"];

/** Sources: the adapters of rulesync, which cite docs.devin.ai (skills, subagents, rules), of APM and npx skills. */
export const devin: Runtime = {
  id: "devin",
  title,
  environmentRoots: [{ variable: "XDG_CONFIG_HOME", path: ".config" }],
  places: [
    ...placesOf("project", ".devin", ".windsurf"),
    ...placesOf("user", ".config/devin", ".codeium/windsurf"),
    {
      kind: "skill",
      scope: "project",
      path: ".agents/skills",
      role: "read",
      format: "markdown",
      layout: "folders",
      evidence: "adapter",
    },
    ...scopes.map(
      (scope): RuntimePlace => ({
        kind: "rule",
        scope,
        path: ".devin/rules",
        role: "write",
        format: "markdown",
        layout: "files",
        evidence: "adapter",
      }),
    ),
    instructionsPlace("AGENTS.md", "adapter"),
    ...devinServers.places,
  ],
  unsupported: [
    { kind: "command", why: "Devin took the place of Windsurf, whose workflows are skills now" },
    { kind: "hooks", why: "what Devin's events and tools are called elsewhere is not known" },
  ],
  detection: [
    { scope: "project", path: ".devin" },
    { scope: "project", path: ".windsurf" },
    { scope: "project", path: ".windsurfrules" },
    { scope: "user", path: ".config/devin" },
    { scope: "user", path: ".codeium/windsurf" },
  ],
  processSigns: [],
  // The folder's name is the id of an agent.
  goesByDeclaredName: [],
  fallsBackToFileName: true,
  adapters: {
    mcp: devinServers.adapter,
    agent: markdownFieldsAdapter({
      title,
      carried: ["name", "description"],
      required: ["name"],
      initial: {},
      reasons: {
        model: "Devin has its own names for models",
        tools: "Devin has `allowed-tools` instead, with other names for tools",
        disallowedTools: "Devin has `permissions` instead, with other names for tools",
        permissionMode: "Devin has `permissions` instead, with other meanings",
      },
      refused: [],
    }),
    rule: markdownFieldsAdapter({
      title,
      carried: ["description", globField("globs")],
      required: [],
      initial: {},
      derived: ({ paths }) => ({ trigger: paths === undefined ? "always_on" : "glob" }),
      reasons: {},
      refused: [],
      lenient: true,
    }),
  },
  hooks: null,
};

function placesOf(scope: TargetScope, folder: string, former: string): readonly RuntimePlace[] {
  const shared = { scope, format: "markdown", evidence: "adapter" } as const;
  const skill = { ...shared, kind: "skill", layout: "folders" } as const;
  return [
    { ...skill, path: `${folder}/skills`, role: "write" },
    { ...skill, path: `${former}/skills`, role: "legacy" },
    {
      ...shared,
      kind: "agent",
      path: `${folder}/agents`,
      role: "write",
      layout: "files",
      extension: "/AGENT.md",
    },
  ];
}
