import { readFile } from "node:fs/promises";
import { resolve as resolvePath } from "node:path";
import { type ResolveInput, resolveConflict, type Settlement } from "../../app/resolve.ts";
import type { UnitChoice } from "../../domain/conflicts.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { mergeWithTool } from "../merge-tool.ts";
import { changeOutcome } from "../render/change-outcome.ts";
import { usageError } from "../usage-error.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "<id>", summary: "the conflict; 8 letters are enough", completes: "conflict" }],
  options: [
    { flags: "--yours", summary: "take the text that was submitted, wherever the two meet" },
    { flags: "--theirs", summary: "take the text that is in place, wherever the two meet" },
    { flags: "--both", summary: "take both, what is in place first" },
    { flags: "--whole", summary: "with a side: its whole file, without what else merges" },
    {
      flags: "--unit <choice>",
      summary: "one spot: 1=yours, 2=theirs, 3=both; may be repeated",
      repeat: true,
    },
    { flags: "--from-file <file>", summary: "take the text of this file" },
    { flags: "--tool", summary: "open it in your merge tool (stet config set merge.tool meld)" },
  ],
  examples: [
    {
      cmd: "stet resolve cf_4k2m9qxz --yours",
      summary: "settle it with your side; the other stays in history",
    },
    { cmd: "stet resolve cf_4k2m9qxz --unit 1=yours --unit 2=both", summary: "spot by spot" },
    { cmd: "stet resolve cf_4k2m9qxz", summary: "take the merge, where nothing overlaps any more" },
  ],
  about:
    "What merges by itself is taken from both sides; a side is chosen only where they meet. While some spots are left, the choices are kept and the file stays as it is. Settling is an operation: undo asks the question again.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const id = call.input.needed(0, "conflict");
  const settle = async (settlement: Settlement) =>
    await resolveConflict(call.environment, { ...call.options, id, settlement } satisfies ResolveInput);
  const answer = call.input.flag("tool")
    ? await mergeWithTool(call, id, async (bytes) => await settle({ by: "file", bytes }))
    : await settle(await settlementOf(call, id));
  return outcomeOf(answer, (screen) =>
    changeOutcome(screen, answer.data, { done: "Settled", nothing: "It was settled already." }),
  );
}

async function settlementOf(call: Call, id: string): Promise<Settlement> {
  const { input } = call;
  const sides = (["yours", "theirs", "both"] as const).filter((side) => input.flag(side));
  const [side] = sides;
  const units = input.list("unit");
  const file = input.text("fromFile");
  const ways = sides.length + (units === undefined ? 0 : 1) + (file === undefined ? 0 : 1);
  if (ways > 1) throw oneWay(id);
  if (file !== undefined) {
    return { by: "file", bytes: await readFile(resolvePath(call.environment.workingFolder, file)) };
  }
  if (units !== undefined)
    return { by: "units", choices: new Map(units.map((unit) => unitChoice(id, unit))) };
  return side === undefined ? { by: "itself" } : { by: "side", side, whole: input.flag("whole") };
}

function unitChoice(id: string, text: string): readonly [number, UnitChoice] {
  const [, number = "", choice = ""] = /^([1-9]\d{0,4})=(yours|theirs|both)$/.exec(text) ?? [];
  if (choice === "yours" || choice === "theirs" || choice === "both") return [Number(number), choice];
  throw usageError(
    `"${text}" chooses nothing.`,
    "A spot is chosen by its number: 1=yours, 1=theirs or 1=both.",
    [{ cmd: `stet conflicts ${id}`, summary: "see the spots with their numbers" }],
  );
}

function oneWay(id: string) {
  return usageError("A conflict is settled in one way at a time.", "Several were given.", [
    { cmd: `stet conflicts ${id}`, summary: "see both sides first" },
    { cmd: `stet resolve ${id} --yours`, summary: "take the text that was submitted" },
    { cmd: `stet resolve ${id} --theirs`, summary: "take the text that is in place" },
  ]);
}
