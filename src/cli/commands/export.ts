import { exportFiles } from "../../app/export.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { asOfOption } from "../global-options.ts";
import { columns } from "../render/columns.ts";
import { counted } from "../render/counted.ts";
import { doneLine } from "../render/done-line.ts";
import { glyph } from "../render/glyph.ts";
import { shownFolder } from "../render/shown-folder.ts";

export const spec: CommandSpec = {
  takesMany: true,
  arguments: [
    { name: "<folder>", summary: "the folder that is made: new, or there and empty" },
    { name: "[artifact]", summary: "only this one", completes: "artifact" },
  ],
  options: [asOfOption],
  examples: [
    { cmd: "stet export /tmp/all", summary: "plain files that need no stet" },
    { cmd: "stet export old-pdf skill/pdf --at 2026-11-20", summary: "one artifact as it was then" },
  ],
  about: "The folder appears whole or not at all. Files with a secret are left out and named.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input, environment, options } = call;
  const answer = await exportFiles(environment, {
    ...options,
    ...withoutAbsent({ artifact: input.word(1), at: input.text("at") }),
    to: input.needed(0, "folder"),
  });
  const { folder, files, skipped } = answer.data;
  return outcomeOf(answer, (screen) => {
    const left = skipped.map((one) => [
      { text: `${glyph(screen, "none")} left out`, tone: "warn" as const },
      { text: one.what },
      { text: one.reason, tone: "quiet" as const },
    ]);
    const head = doneLine(
      screen,
      `Wrote ${counted(files, "file")} into ${shownFolder(environment, folder)}`,
      null,
    );
    return [head, ...columns(screen, left, "  ")].join("\n");
  });
}
