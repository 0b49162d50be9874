import { outdated } from "../../app/outdated.ts";
import {
  type Call,
  type CommandOutcome,
  type CommandSpec,
  exitChangesExist,
  outcomeOf,
} from "../command-spec.ts";
import { updateTable } from "../render/update-table.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "[artifact...]", summary: "only these", completes: "artifact" }],
  options: [
    { flags: "--all", summary: "also those that are current" },
    { flags: "--exit-code", summary: "end with 3 where there is an update" },
  ],
  examples: [
    { cmd: "stet outdated", summary: "what changed upstream, and how it would meet your edits" },
    { cmd: "stet outdated --exit-code", summary: "for a check that runs by itself" },
  ],
  about:
    "An artifact is outdated when its own files changed upstream, whatever else its repository did. Nothing is written.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input } = call;
  const artifacts = input.words.length > 0 ? { artifacts: input.words } : {};
  const answer = await outdated(call.environment, { ...call.options, ...artifacts });
  const { updates } = answer.data;
  const differing = updates.filter((one) => one.state !== "current");
  const shown = input.flag("all") || input.words.length > 0 ? updates : differing;
  const exit = input.flag("exitCode") && differing.length > 0 ? { exit: exitChangesExist } : {};
  return outcomeOf(
    answer,
    (screen) =>
      shown.length === 0 && updates.length > 0
        ? "Everything is as its upstream has it."
        : updateTable(screen, shown),
    exit,
  );
}
