import type { Call, CommandOutcome, CommandSpec } from "../command-spec.ts";
import { runSync, syncOptions } from "../sync-call.ts";

export const spec: CommandSpec = {
  takesMany: true,
  arguments: [{ name: "[artifact...]", summary: "only these", completes: "artifact" }],
  options: syncOptions,
  examples: [
    { cmd: "stet sync", summary: "bring both sides together where one of them moved" },
    { cmd: "stet sync --dry-run", summary: "show what would be done" },
  ],
  about:
    "Creates and one-sided updates are done at once. Deletions and overlaps wait for you: they are listed as left alone, or kept as conflicts, and the exit code is 4.",
};

export const run = (call: Call): Promise<CommandOutcome> =>
  runSync(call, "both", { done: "Synced", nothing: "Everything matches." });
