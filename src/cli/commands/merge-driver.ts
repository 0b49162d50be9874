import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { mergeTexts } from "../../app/merge-texts.ts";
import { withoutAbsent } from "../call-options.ts";
import type { Call, CommandOutcome, CommandSpec } from "../command-spec.ts";
import { mergedLines } from "../render/merged-lines.ts";

export const spec: CommandSpec = {
  arguments: [
    { name: "<base>", summary: "%O: the version that both began with" },
    { name: "<yours>", summary: "%A: the version here; the result is written into it" },
    { name: "<theirs>", summary: "%B: the version that comes in" },
    { name: "<path>", summary: "%P: the path that they belong to" },
  ],
  options: [
    { flags: "--marker-size <count>", summary: "%L: characters of a marker (7, if not given)", count: true },
  ],
  examples: [
    {
      cmd: "git config merge.stet.driver 'stet merge-driver %O %A %B %P --marker-size %L'",
      summary: "let git merge agent files as stet does",
    },
  ],
  about:
    "git calls it while it merges, for the files that .gitattributes names: `.agents/** merge=stet`. Where both sides meet, the file gets git's markers, since git asks there; the exit code is then 1, and 255 where the files could not be read.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input, environment } = call;
  const file = (index: number, name: string) => resolve(environment.workingFolder, input.needed(index, name));
  const yours = file(1, "yours");
  const merged = await mergeTexts(environment, {
    ...withoutAbsent({ markerLength: input.count("markerSize") }),
    path: input.needed(3, "path"),
    base: await readFile(file(0, "base")),
    yours: await readFile(yours),
    theirs: await readFile(file(2, "theirs")),
  });
  await writeFile(yours, merged.bytes);
  const { outcome, decisions, units } = merged;
  return {
    data: { outcome, decisions, units },
    notices: [],
    next: [],
    exit: outcome === "merged" ? 0 : 1,
    // A clean merge among many says nothing.
    shown: outcome === "merged" ? () => "" : (screen) => mergedLines(screen, merged),
  };
}
