import type { Call, CommandOutcome, CommandSpec } from "../command-spec.ts";
import { runSync, syncOptions } from "../sync-call.ts";

export const spec: CommandSpec = {
  takesMany: true,
  arguments: [{ name: "[artifact...]", summary: "only these", completes: "artifact" }],
  options: [
    ...syncOptions,
    { flags: "--overwrite", summary: "also over an edited copy, of a named artifact and target; it is kept" },
  ],
  examples: [{ cmd: "stet push skill/pdf --target claude", summary: "write that skill for Claude Code" }],
  about: "Writes the runtimes' copies. A copy that was edited since stet wrote it is left alone and listed.",
};

export const run = (call: Call): Promise<CommandOutcome> =>
  runSync(call, "push", { done: "Pushed", nothing: "Every runtime has the present versions." });
