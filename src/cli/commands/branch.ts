import { createBranch, deleteBranch, listBranches, type ShownBranch } from "../../app/branch.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { type Cell, columns } from "../render/columns.ts";
import { doneLine } from "../render/done-line.ts";
import { glyph } from "../render/glyph.ts";
import { shortId } from "../render/short-id.ts";
import { shownFolder } from "../render/shown-folder.ts";
import { shownTime } from "../render/shown-time.ts";
import type { Screen } from "../screen.ts";
import { usageError } from "../usage-error.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "[name]", summary: "the branch to begin (all are listed, if not given)" }],
  options: [
    {
      flags: "--at <id|time>",
      summary: "begin it at this operation, commit, pin, branch or time (here and now, if not given)",
    },
    { flags: "-d, --delete <name>", summary: "remove a branch; its versions stay in history" },
  ],
  examples: [
    { cmd: "stet branch", summary: "the branches, and which one is here" },
    { cmd: "stet branch trial", summary: "begin one without going to it" },
  ],
  about: "",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input, environment, options } = call;
  const [name, gone, at] = [input.word(0), input.text("delete"), input.text("at")];
  if (gone !== undefined) {
    if (name !== undefined || at !== undefined) {
      throw usageError("Beginning and removing a branch are two steps.", "--delete stands by itself.");
    }
    const answer = await deleteBranch(environment, { ...options, name: gone });
    return outcomeOf(answer, (screen) =>
      doneLine(screen, `Removed the branch ${gone}`, answer.data.operation),
    );
  }
  if (name === undefined) return await listAll(call);
  const answer = await createBranch(environment, { ...options, ...withoutAbsent({ at }), name });
  return outcomeOf(answer, (screen) => doneLine(screen, `Began the branch ${name}`, answer.data.operation));
}

async function listAll({ environment, options, input }: Call): Promise<CommandOutcome> {
  if (input.text("at") !== undefined)
    throw usageError("The branch has no name.", "--at says where a new one begins.");
  const answer = await listBranches(environment, { ...options });
  return outcomeOf(answer, (screen) =>
    columns(
      screen,
      answer.data.branches.map((one) => branchCells(screen, one, (path) => shownFolder(environment, path))),
    ).join("\n"),
  );
}

function branchCells(screen: Screen, branch: ShownBranch, folder: (path: string) => string): readonly Cell[] {
  const elsewhere =
    branch.elsewhere.length === 0 ? "" : `on disk in ${branch.elsewhere.map(folder).join(", ")}`;
  return [
    branch.current ? { text: `${glyph(screen, "done")} here`, tone: "good" } : { text: "" },
    { text: branch.name, tone: "strong" },
    { text: shortId(branch.commit), tone: "new" },
    { text: branch.at === null ? "" : shownTime(screen, branch.at), tone: "quiet" },
    { text: branch.author ?? "" },
    { text: elsewhere, tone: "quiet" },
  ];
}
