import { backup } from "../../app/backup.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { doneLine } from "../render/done-line.ts";
import { shownBytes } from "../render/shown-bytes.ts";
import { shownFolder } from "../render/shown-folder.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "[file]", summary: "the file to make (one beside the store, if not given)" }],
  options: [],
  examples: [
    { cmd: "stet backup /media/usb/stet.db", summary: "the whole store as of this moment, in one file" },
  ],
  about: "Others may go on working meanwhile. A file that is there is never replaced.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await backup(call.environment, {
    ...call.options,
    ...withoutAbsent({ to: call.input.word(0) }),
  });
  const { file, bytes } = answer.data;
  return outcomeOf(answer, (screen) =>
    doneLine(
      screen,
      `Copied the store into ${shownFolder(call.environment, file)} (${shownBytes(bytes)})`,
      null,
    ),
  );
}
