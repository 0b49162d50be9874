import { knownError } from "../../app/known-error.ts";
import { type WatchEvent, watch } from "../../app/watch.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { counted } from "../render/counted.ts";
import { visibleLine } from "../render/visible-text.ts";

export const spec: CommandSpec = {
  arguments: [],
  options: [],
  examples: [{ cmd: "stet watch", summary: "until Ctrl-C" }],
  about:
    "Edits are recorded as they happen, by an unknown writer where nobody claims them. While git is in the middle of something it waits. Targets are written only where auto-sync in the collection's file names them, and then only copies that are behind, that lose nothing on the way, and no removal.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const stop = call.environment.interrupt ?? new AbortController().signal;
  const answer = await watch(call.environment, {
    ...call.options,
    stop,
    onEvent: (event) => call.terminal.say(eventLine(event)),
  });
  return outcomeOf(answer, () => `Recorded ${counted(answer.data.captures, "change")}.`);
}

function eventLine(event: WatchEvent): string {
  switch (event.kind) {
    case "state":
      return visibleLine(stateText(event.state));
    case "captured":
      return visibleLine(`recorded ${event.outcome.changed.map((one) => one.path).join(", ")}`);
    case "synced":
      return visibleLine(`brought up to date ${event.outcome.changed.map((one) => one.path).join(", ")}`);
    case "paused":
      return visibleLine(event.why);
    case "problem": {
      const { what, why } = knownError(event.error);
      return visibleLine(`${what} ${why}`);
    }
  }
}

function stateText(state: Extract<WatchEvent, { kind: "state" }>["state"]): string {
  switch (state.kind) {
    case "watching":
      return "watching; Ctrl-C ends it";
    case "polling":
      return `looking every so often, because events are not to be had: ${state.why}`;
    case "closed":
      return "not watching any more";
  }
}
