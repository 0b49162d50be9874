import { captureHook } from "../../app/capture-hook.ts";
import { knownError } from "../../app/known-error.ts";
import { answer } from "../../app/outcomes.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { usageError } from "../usage-error.ts";

export const spec: CommandSpec = {
  arguments: [],
  options: [{ flags: "--hook <runtime>", summary: "the runtime whose hook calls: claude, codex" }],
  examples: [
    { cmd: "stet capture --hook claude", summary: "what init installs as a hook; it reads standard input" },
  ],
  about:
    "Records the files that a runtime says its agent wrote, with that agent as their writer. It prints nothing and always ends with 0, so that it never holds a runtime up: what could not be recorded now is taken in later as an edit by nobody known.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const runtime = call.input.text("hook");
  if (runtime === undefined) {
    throw usageError("stet capture needs --hook.", "Only a runtime's hook has something to report.", [
      { cmd: "stet save", summary: "keep what you changed yourself" },
    ]);
  }
  try {
    const json = await call.terminal.readInput();
    const captured = await captureHook(call.environment, { runtime, json });
    return outcomeOf({ ...captured, needsDecision: false, next: [] }, () => "");
  } catch (thrown) {
    const error = knownError(thrown);
    const notices = [{ code: "W-HOOK", text: `${error.what} ${error.why}` }];
    return outcomeOf(answer({ operations: [], changed: [] }, { notices }), () => "");
  }
}
