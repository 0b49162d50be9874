import { globField } from "../adapters/glob-list.ts";
import { markdownFieldsAdapter } from "../adapters/markdown-fields.ts";
import { antigravityServers } from "../mcp/server-files.ts";
import { instructionsPlace } from "./instructions-place.ts";
import type { Runtime, RuntimePlace } from "./runtime.ts";

/** What the editor and the command line share. */
function antigravity(own: {
  readonly id: string;
  readonly title: string;
  readonly skills: readonly RuntimePlace[];
  readonly unsupported: Runtime["unsupported"];
  readonly detection: Runtime["detection"];
}): Runtime {
  const { id, title } = own;
  const agent = { kind: "agent", role: "write", format: "markdown", layout: "files" } as const;
  return {
    id,
    title,
    environmentRoots: [],
    places: [
      {
        kind: "skill",
        scope: "project",
        path: ".agents/skills",
        role: "write",
        format: "markdown",
        layout: "folders",
        evidence: "adapter",
      },
      ...own.skills,
      { ...agent, scope: "project", path: ".agents/agents", evidence: "adapter" },
      {
        ...agent,
        scope: "user",
        path: ".gemini/config/agents",
        evidence: "adapter",
        note: "one folder for the editor and the command line",
      },
      {
        kind: "rule",
        scope: "project",
        path: ".agents/rules",
        role: "write",
        format: "markdown",
        layout: "files",
        evidence: "adapter",
        note: "where .agents is the root it reads the canonical files, whose `paths` it does not know",
      },
      instructionsPlace("AGENTS.md", "adapter"),
      ...antigravityServers.places,
    ],
    unsupported: [
      ...own.unsupported,
      { kind: "command", why: `commands of ${title} come from skills` },
      { kind: "rule", scope: "user", why: `where ${title} reads the rules of a user is not known` },
      { kind: "hooks", why: `where ${title} could tell the hooks of stet from yours is not known` },
    ],
    // `.agents` alone shows nobody, `.gemini` alone may be Gemini CLI's.
    detection: [
      { scope: "project", path: ".agents/mcp_config.json" },
      { scope: "project", path: ".agents/hooks.json" },
      ...own.detection,
    ],
    processSigns: [],
    goesByDeclaredName: ["agent"],
    fallsBackToFileName: true,
    adapters: {
      mcp: antigravityServers.adapter,
      agent: markdownFieldsAdapter({
        title,
        carried: ["name", "description"],
        required: ["name", "description"],
        initial: {},
        reasons: {
          model: "Antigravity runs models of its own",
          tools: "Antigravity has other names for tools",
          mcpServers: "Antigravity describes MCP servers in its own form",
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
}

/** Sources: the adapters of rulesync and APM, which cite antigravity.google/docs (skills, subagents); CLI 1.1.6. */
export const antigravityCli: Runtime = antigravity({
  id: "antigravity-cli",
  title: "Antigravity CLI",
  skills: [
    {
      kind: "skill",
      scope: "user",
      path: ".gemini/antigravity-cli/skills",
      role: "write",
      format: "markdown",
      layout: "folders",
      evidence: "adapter",
    },
  ],
  unsupported: [],
  detection: [{ scope: "user", path: ".gemini/antigravity-cli" }],
});

/** Sources: rulesync, and npx skills, which do not agree on the skills of the home folder. */
export const antigravityEditor: Runtime = antigravity({
  id: "antigravity",
  title: "Antigravity",
  skills: ["config", "antigravity"].map((folder) => ({
    kind: "skill",
    scope: "user",
    path: `.gemini/${folder}/skills`,
    role: "legacy",
    format: "markdown",
    layout: "folders",
    evidence: "unverified",
  })),
  unsupported: [
    {
      kind: "skill",
      scope: "user",
      why: "it is not known where Antigravity reads skills in the home folder: rulesync says ~/.gemini/config/skills, npx skills says ~/.gemini/antigravity/skills",
    },
  ],
  detection: [
    { scope: "project", path: ".agent" },
    { scope: "user", path: ".gemini/antigravity" },
  ],
});
