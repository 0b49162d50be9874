import { ampServers } from "../mcp/server-files.ts";
import { instructionsPlace } from "./instructions-place.ts";
import type { Runtime, RuntimePlace, TargetScope } from "./runtime.ts";

/** Sources: the adapters of rulesync and npx skills. */
export const amp: Runtime = {
  id: "amp",
  title: "Amp",
  environmentRoots: [{ variable: "XDG_CONFIG_HOME", path: ".config" }],
  places: [
    skills("project", ".agents/skills"),
    skills("user", ".config/agents/skills"),
    instructionsPlace("AGENTS.md", "adapter"),
    ...ampServers.places,
  ],
  unsupported: [
    { kind: "agent", why: "Amp documents no agents in files" },
    { kind: "command", why: "Amp has no commands in files; a skill does the same" },
    { kind: "rule", why: "Amp reads further files only where AGENTS.md mentions them" },
    { kind: "hooks", why: "Amp has plugins, which are code, and no hooks" },
  ],
  detection: [
    { scope: "project", path: ".amp" },
    { scope: "user", path: ".config/amp" },
  ],
  processSigns: [],
  goesByDeclaredName: [],
  fallsBackToFileName: true,
  adapters: { mcp: ampServers.adapter },
  hooks: null,
};

function skills(scope: TargetScope, path: string): RuntimePlace {
  return {
    kind: "skill",
    scope,
    path,
    role: "write",
    format: "markdown",
    layout: "folders",
    evidence: "adapter",
  };
}
