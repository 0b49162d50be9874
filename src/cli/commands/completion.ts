import { answer } from "../../app/outcomes.ts";
import { candidates } from "../candidates.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { completionScripts, shells } from "../completion-scripts.ts";
import { visibleLine } from "../render/visible-text.ts";
import { usageError } from "../usage-error.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "[shell...]", summary: shells.join(", "), completes: "shell" }],
  options: [{ flags: "--complete", summary: "print what may follow the words after --, for the scripts" }],
  examples: [
    { cmd: "source <(stet completion bash)", summary: "for this shell; put it into ~/.bashrc to keep it" },
    { cmd: "source <(stet completion zsh)", summary: "the same for zsh, in ~/.zshrc" },
    { cmd: "stet completion fish | source", summary: "the same for fish" },
  ],
  about: "Completes commands, options, artifact names and operation ids as they are at that moment.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { words } = call.input;
  if (call.input.flag("complete")) {
    const found = await candidates(call, words);
    return outcomeOf(answer({ candidates: found }), () =>
      found.map((one) => `${one.value}\t${visibleLine(one.summary)}`).join("\n"),
    );
  }
  const shell = shells.find((one) => one === words[0]);
  if (shell === undefined || words.length > 1) {
    throw usageError("Which shell the script is for must be said.", `stet knows ${shells.join(", ")}.`, [
      { cmd: "stet completion bash", summary: "print the script for bash" },
    ]);
  }
  const script = completionScripts[shell];
  return outcomeOf(answer({ shell, script }), () => script.trimEnd());
}
