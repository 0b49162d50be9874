import type { Call, CommandOutcome, CommandSpec } from "../command-spec.ts";
import { pullOptions, runSync } from "../sync-call.ts";

export const spec: CommandSpec = {
  takesMany: true,
  arguments: [{ name: "[artifact...]", summary: "only these", completes: "artifact" }],
  options: pullOptions,
  examples: [{ cmd: "stet pull --target codex", summary: "take in what was edited in Codex's copies" }],
  about: "Takes edits of the runtimes' copies into the store.",
};

export const run = (call: Call): Promise<CommandOutcome> =>
  runSync(call, "pull", { done: "Pulled", nothing: "No runtime has edits to take in." });
