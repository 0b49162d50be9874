import type { ArtifactAdapter } from "./adapter.ts";

/** Agents of Codex: TOML with the canonical Markdown's name, description and body. */
export const codexAgentAdapter: ArtifactAdapter = {
  render: () => ({ outcome: "blocked", why: "not built yet" }),
  parse: () => ({ outcome: "problem", why: "not built yet" }),
  meaning: () => null,
  hasMeaning: () => true,
};
