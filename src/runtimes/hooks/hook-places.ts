import type { ArtifactAdapter } from "../adapters/adapter.ts";
import type { KeySlot } from "../settings/key-slot.ts";
import type { RuntimePlace } from "../table/runtime.ts";
import { blockSlot } from "./block-slot.ts";
import { hookAdapter } from "./hook-adapter.ts";
import {
  claudeHooks,
  codexHooks,
  copilotHooks,
  geminiHooks,
  type HookDialect,
  kimiHooks,
} from "./hook-dialect.ts";
import { ownFileSlot } from "./own-file-slot.ts";
import { ruleSlot } from "./rule-slot.ts";

/** What a runtime's entry in the table says of hook sets. */
export interface HookKind {
  readonly places: readonly RuntimePlace[];
  readonly adapter: ArtifactAdapter;
}

/** Sources: RUNTIMES.md 2.6, which names the documentation, program or adapter that each line is from. */
export const claudeHookSet = hookKind(claudeHooks, ruleSlot("statusMessage"), [
  { scope: "project", path: ".claude/settings.json" },
  { scope: "user", path: ".claude/settings.json" },
]);

const trusted = "Codex runs a new hook only after you have trusted it";

export const codexHookSet = hookKind(codexHooks, ruleSlot("statusMessage"), [
  { scope: "project", path: ".codex/hooks.json", note: trusted },
  { scope: "user", path: ".codex/hooks.json", note: trusted },
]);

export const geminiHookSet = hookKind(geminiHooks, ruleSlot("name"), [
  { scope: "project", path: ".gemini/settings.json" },
  { scope: "user", path: ".gemini/settings.json" },
]);

export const kimiHookSet = hookKind(kimiHooks, blockSlot, [
  { scope: "user", path: ".kimi-code/config.toml", format: "toml", note: "between two lines of comment" },
]);

const ownFile = "a file of its own beside yours";

export const copilotHookSet = hookKind(copilotHooks, ownFileSlot, [
  { scope: "project", path: ".github/hooks/stet.json", note: ownFile },
  { scope: "user", path: ".copilot/hooks/stet.json", note: ownFile },
]);

type HookFile = Pick<RuntimePlace, "scope" | "path" | "note"> & { readonly format?: "toml" };

function hookKind(dialect: HookDialect, slot: KeySlot, files: readonly HookFile[]): HookKind {
  const places = files.map(
    (file): RuntimePlace => ({
      kind: "hooks",
      role: "write",
      format: "json",
      layout: "keys",
      evidence: "vendor",
      slot,
      ...file,
    }),
  );
  return { places, adapter: hookAdapter(dialect) };
}
