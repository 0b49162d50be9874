import { zedServers } from "../mcp/server-files.ts";
import { instructionsPlace } from "./instructions-place.ts";
import type { Runtime, RuntimePlace, TargetScope } from "./runtime.ts";

const scopes: readonly TargetScope[] = ["project", "user"];

/** The names that Zed looks for in the project's folder, in its order: it reads the first that is there. */
const firstOf = [
  ...[".rules", ".cursorrules", ".windsurfrules", ".clinerules", ".github/copilot-instructions.md"],
  ...["AGENT.md", "AGENTS.md", "CLAUDE.md", "GEMINI.md"],
];

/** Sources: the documentation in zed's repository (docs/src/ai: skills, instructions); rulesync's adapter. */
export const zed: Runtime = {
  id: "zed",
  title: "Zed",
  environmentRoots: [
    { variable: "APPDATA", path: ".config/zed", below: "Zed", platform: "win32" },
    { variable: "XDG_CONFIG_HOME", path: ".config" },
  ],
  places: [
    ...scopes.map(
      (scope): RuntimePlace => ({
        kind: "skill",
        scope,
        path: ".agents/skills",
        role: "write",
        format: "markdown",
        layout: "folders",
        evidence: "vendor",
        ...(scope === "project" ? { note: "only in folders that you have trusted" } : {}),
      }),
    ),
    ...["AGENTS.md", "CLAUDE.md", "GEMINI.md"].map((name) =>
      instructionsPlace(name, "vendor", {
        depthMost: 0,
        hiding: { names: firstOf.slice(0, firstOf.indexOf(name)), reach: "folder", importMark: null },
      }),
    ),
    ...zedServers.places,
  ],
  unsupported: [
    { kind: "agent", why: "Zed has no agents in files" },
    { kind: "command", why: "Zed has no commands in files; its slash commands are skills" },
    { kind: "rule", why: "Zed has no rules for certain paths" },
    { kind: "hooks", why: "Zed has no hooks" },
  ],
  detection: [
    { scope: "project", path: ".zed" },
    { scope: "user", path: ".config/zed" },
  ],
  processSigns: [],
  goesByDeclaredName: [],
  fallsBackToFileName: true,
  adapters: { mcp: zedServers.adapter },
  hooks: null,
};
