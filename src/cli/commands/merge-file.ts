import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { mergeTexts } from "../../app/merge-texts.ts";
import { withoutAbsent } from "../call-options.ts";
import type { Call, CommandOutcome, CommandSpec } from "../command-spec.ts";
import { mergedLines } from "../render/merged-lines.ts";

export const textFormats = ["markdown", "yaml", "toml", "json", "jsonc", "text"] as const;
/** git's: the number of conflicts, as far as an exit code can hold it. */
const conflictsTold = 127;

export const spec: CommandSpec = {
  arguments: [
    { name: "<base>", summary: "the file that both began with" },
    { name: "<yours>", summary: "your version; the result is written into it" },
    { name: "<theirs>", summary: "the other version" },
  ],
  options: [
    {
      flags: "--kind <format>",
      summary: "what it is read as (by its name, if not given)",
      choices: textFormats,
    },
    { flags: "-p, --print", summary: "print the result and write nothing" },
  ],
  examples: [
    { cmd: "stet merge-file base.md mine.md other.md -p", summary: "see what stet makes of them" },
    {
      cmd: "stet merge-file base.json mine.json other.json --json",
      summary: "with every decision and its rule",
    },
  ],
  about:
    "Like git merge-file: 0 is a clean merge, else the exit code is the number of spots where both meet (127 at most) and the result has git's markers there; 255 is an error. It needs no collection; inside one, its merge policies hold.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input, environment } = call;
  const [base, yours, theirs] = ["base", "yours", "theirs"].map((name, index) =>
    resolve(environment.workingFolder, input.needed(index, name)),
  );
  if (base === undefined || yours === undefined || theirs === undefined) throw new RangeError("three files");
  const format = textFormats.find((one) => one === input.text("kind"));
  const merged = await mergeTexts(environment, {
    ...withoutAbsent({ format }),
    path: yours,
    base: await readFile(base),
    yours: await readFile(yours),
    theirs: await readFile(theirs),
    labels: { yours: input.needed(1, "yours"), theirs: input.needed(2, "theirs") },
  });
  const prints = input.flag("print");
  if (!prints && !call.json) await writeFile(yours, merged.bytes);
  const { outcome, bytes, decisions, units } = merged;
  const isText = !bytes.includes(0);
  return {
    data: { outcome, text: isText ? new TextDecoder().decode(bytes) : null, decisions, units },
    notices: [],
    next: [],
    exit: outcome === "merged" ? 0 : Math.min(Math.max(units.length, 1), conflictsTold),
    shown: prints ? bytes : (screen) => mergedLines(screen, merged),
  };
}
