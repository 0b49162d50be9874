import { globField } from "../adapters/glob-list.ts";
import { markdownFieldsAdapter } from "../adapters/markdown-fields.ts";
import { cursorText } from "../adapters/placeholders.ts";
import { cursorServers } from "../mcp/server-files.ts";
import { instructionsPlace } from "./instructions-place.ts";
import type { Runtime, RuntimePlace, TargetScope } from "./runtime.ts";

const scopes: readonly TargetScope[] = ["project", "user"];
const title = "Cursor";

const rules: RuntimePlace = {
  kind: "rule",
  scope: "project",
  path: ".cursor/rules",
  role: "write",
  format: "markdown",
  layout: "files",
  extension: ".mdc",
  evidence: "adapter",
};

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
    ...cursorServers.places,
  ],
  unsupported: [
    { kind: "rule", scope: "user", why: "Cursor keeps the rules of a user in its settings, not in files" },
    {
      kind: "hooks",
      why: "Cursor's hooks have no field that could tell stet's from yours; it runs those of Claude Code itself, where you allow that",
    },
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
    mcp: cursorServers.adapter,
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
    command: markdownFieldsAdapter({
      title,
      carried: [],
      required: [],
      initial: {},
      reasons: {
        description: "a command of Cursor is its text alone",
        model: "a command of Cursor is its text alone",
        "allowed-tools": "a command of Cursor is its text alone",
      },
      refused: [],
      text: cursorText,
    }),
    rule: markdownFieldsAdapter({
      title,
      carried: ["description", globField("globs")],
      required: [],
      initial: {},
      derived: ({ paths }) => ({ alwaysApply: paths === undefined }),
      reasons: {},
      refused: [],
      // `globs: *.ts` is what Cursor itself writes, and no YAML.
      lenient: true,
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
    { ...shared, kind: "command", path: ".cursor/commands", role: "write", layout: "files" },
    ...(scope === "project" ? [rules] : []),
  ];
}
