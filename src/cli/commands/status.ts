import { status } from "../../app/status.ts";
import {
  type Call,
  type CommandOutcome,
  type CommandSpec,
  exitChangesExist,
  outcomeOf,
} from "../command-spec.ts";
import { shownFolder } from "../render/shown-folder.ts";
import { statusLines } from "../render/status-lines.ts";

export const spec: CommandSpec = {
  arguments: [],
  options: [
    { flags: "-a, --all", summary: "also rows that are in sync" },
    { flags: "--why", summary: "also what each runtime cannot express, field by field" },
    { flags: "--exit-code", summary: "end with 3 where something differs" },
  ],
  examples: [
    { cmd: "stet status", summary: "what differs, and which side moved" },
    { cmd: "stet status --why", summary: "what stays behind on the way to each runtime, and why" },
    { cmd: "stet status --exit-code", summary: "for scripts: 3 where something differs" },
  ],
  about:
    "A row names the artifact, the runtime, the state and the reason for it. What is in sync is not listed.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const all = call.input.flag("all");
  const why = call.input.flag("why");
  const answer = await status(call.environment, { ...call.options, all, why });
  const { rows, conflicts, pending } = answer.data;
  const differs =
    conflicts.length > 0 || pending.length > 0 || rows.some((row) => !settled.includes(row.state));
  const exit = call.input.flag("exitCode") && differs ? { exit: exitChangesExist } : {};
  return outcomeOf(
    answer,
    (screen) =>
      statusLines(screen, answer.data, { folder: (path) => shownFolder(call.environment, path), all }),
    exit,
  );
}

/** States that ask nothing of anybody. */
const settled: readonly string[] = ["in-sync", "native", "unsupported"];
