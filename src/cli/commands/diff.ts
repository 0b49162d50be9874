import { diff } from "../../app/diff.ts";
import { diffUpstream } from "../../app/diff-upstream.ts";
import { withoutAbsent } from "../call-options.ts";
import {
  type Call,
  type CommandOutcome,
  type CommandSpec,
  exitChangesExist,
  outcomeOf,
} from "../command-spec.ts";
import { fileDiffs } from "../render/file-diffs.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "[artifact]", summary: "only this one", completes: "artifact" }],
  options: [
    { flags: "--from <id|time>", summary: "compare from there (the operation before, if not given)" },
    { flags: "--to <id|time>", summary: "compare to there (now, if not given)" },
    { flags: "--target <runtime>", summary: "compare with that runtime's copy, as stet would write it" },
    { flags: "--upstream", summary: "what changed upstream since the version that is here" },
    { flags: "--mine", summary: "what was changed here since that version" },
    { flags: "--exit-code", summary: "end with 3 where something differs" },
  ],
  examples: [
    { cmd: "stet diff skill/pdf", summary: "what its last change was" },
    { cmd: "stet diff --from op_4k2m9qxz", summary: "everything since that operation" },
    { cmd: "stet diff agent/reviewer --target codex", summary: "what a push would change" },
  ],
  about: "",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input } = call;
  const artifact = input.word(0);
  const side = input.flag("upstream") ? "upstream" : input.flag("mine") ? "mine" : null;
  const answer =
    side === null
      ? await diff(call.environment, {
          ...call.options,
          ...withoutAbsent({
            artifact,
            from: input.text("from"),
            to: input.text("to"),
            target: input.text("target"),
          }),
        })
      : await diffUpstream(call.environment, { ...call.options, ...withoutAbsent({ artifact }), side });
  const { files } = answer.data;
  const exit = input.flag("exitCode") && files.length > 0 ? { exit: exitChangesExist } : {};
  return outcomeOf(
    answer,
    (screen) => (files.length === 0 ? "No difference." : fileDiffs(screen, files)),
    exit,
  );
}
