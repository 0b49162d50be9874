import { markdownFieldsAdapter } from "../adapters/markdown-fields.ts";
import { instructionsPlace } from "./instructions-place.ts";
import type { Runtime, RuntimePlace, TargetScope } from "./runtime.ts";

const scopes: readonly TargetScope[] = ["project", "user"];
const title = "Cursor";

/** Sources: the adapters of rulesync, APM and npx skills; Cursor's own documentation in excerpts alone. */
export const cursor: Runtime = {
  id: "cursor",
  title,
  environmentRoots: [],
  places: [
    ...scopes.flatMap(placesOf),
    {
      kind: "skill",
      scope: "user",
      path: ".cursor/skills-cursor",
      role: "reserved",
      format: "markdown",
      layout: "folders",
      evidence: "report",
      note: "Cursor keeps its own skills there",
    },
    instructionsPlace("AGENTS.md", "adapter"),
  ],
  unsupported: [
    { kind: "command", why: "stet does not write commands to Cursor yet, which is turning them into skills" },
    { kind: "rule", why: "stet does not write rules for certain paths (.mdc) to Cursor yet" },
    { kind: "mcp", why: "stet does not write MCP servers to Cursor yet" },
    { kind: "hooks", why: "stet does not write hook sets to Cursor yet" },
  ],
  detection: [
    { scope: "project", path: ".cursor" },
    { scope: "project", path: ".cursorrules" },
    { scope: "user", path: ".cursor" },
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
        model: "Cursor has its own names for models",
        tools: "an agent of Cursor is `readonly` or not, and has no list of tools",
        disallowedTools: "an agent of Cursor is `readonly` or not, and has no list of tools",
        background: "Cursor has `is_background` instead",
      },
      refused: [],
    }),
  },
  hooks: null,
};

function placesOf(scope: TargetScope): readonly RuntimePlace[] {
  const shared = { scope, format: "markdown", evidence: "adapter" } as const;
  return [
    { ...shared, kind: "skill", path: ".cursor/skills", role: "write", layout: "folders" },
    { ...shared, kind: "skill", path: ".agents/skills", role: "read", layout: "folders" },
    { ...shared, kind: "skill", path: ".claude/skills", role: "read", layout: "folders" },
    { ...shared, kind: "skill", path: ".codex/skills", role: "read", layout: "folders" },
    { ...shared, kind: "agent", path: ".cursor/agents", role: "write", layout: "files" },
  ];
}
