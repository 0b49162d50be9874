import { listArtifacts } from "../../app/list.ts";
import { type ArtifactKind, artifactKinds } from "../../domain/artifact-kinds.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { asOfOption } from "../global-options.ts";
import { columns } from "../render/columns.ts";
import { counted } from "../render/counted.ts";
import { usageError } from "../usage-error.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "[kind]", summary: `only one kind (${artifactKinds.join(", ")})`, completes: "kind" }],
  options: [asOfOption],
  examples: [
    { cmd: "stet list", summary: "everything that is kept here" },
    { cmd: "stet list skill", summary: "the skills" },
    { cmd: "stet list --at 2026-11-20", summary: "what there was then" },
  ],
  about: "Names are those that every other command takes: skill/pdf, command/git/commit.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await listArtifacts(call.environment, {
    ...call.options,
    ...withoutAbsent({ kind: kindOf(call.input.word(0)), at: call.input.text("at") }),
  });
  const { artifacts } = answer.data;
  return outcomeOf(answer, (screen) => {
    if (artifacts.length === 0) return call.input.text("at") ? "No artifacts then." : "No artifacts yet.";
    return columns(
      screen,
      artifacts.map((one) => [
        { text: `${one.kind}/${one.name}`, tone: "strong" },
        { text: counted(one.files, "file"), tone: "quiet" },
        one.problems.length > 0
          ? { text: one.problems.join("; "), tone: "warn" }
          : { text: one.description ?? "" },
      ]),
    ).join("\n");
  });
}

/** `skills` is understood as well as `skill`. */
function kindOf(typed: string | undefined): ArtifactKind | undefined {
  if (typed === undefined) return undefined;
  const kind = artifactKinds.find((one) => one === typed || `${one}s` === typed);
  if (kind !== undefined) return kind;
  throw usageError(`There is no kind "${typed}".`, `The kinds are ${artifactKinds.join(", ")}.`, [
    { cmd: "stet list", summary: "see artifacts of every kind" },
  ]);
}
