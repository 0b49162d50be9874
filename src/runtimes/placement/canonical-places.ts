import type { ArtifactKind } from "../../domain/artifact-kinds.ts";

/** The folder of a root that each kind lives in (DESIGN 7). */
export const kindFolders: Readonly<Record<ArtifactKind, string>> = {
  skill: "skills",
  agent: "agents",
  command: "commands",
  rule: "rules",
  mcp: "stet/mcp",
  hooks: "stet/hooks.json",
  report: "reports",
};

/** What collection paths of files in place outside the root begin with. */
export const instructionsPrefix = "@project/";
