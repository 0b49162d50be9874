import { type ArtifactInfo, info } from "../../app/info.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { columns } from "../render/columns.ts";
import { shortId } from "../render/short-id.ts";
import type { Screen } from "../screen.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "<artifact>", summary: "which one", completes: "artifact" }],
  options: [],
  examples: [{ cmd: "stet info skill/pdf", summary: "where it comes from, and what was edited since" }],
  about: "",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const artifact = call.input.needed(0, "artifact");
  const answer = await info(call.environment, { ...call.options, artifact });
  return outcomeOf(answer, (screen) => shown(screen, answer.data));
}

function shown(screen: Screen, data: ArtifactInfo): string {
  const rows: (readonly [string, string | null])[] = [
    ["artifact", data.artifact],
    ["version", shortId(data.version)],
    ["files", String(data.files)],
  ];
  const { upstream } = data;
  if (upstream === null) rows.push(["source", "written here"]);
  else {
    rows.push(
      ["source", upstream.source],
      ["path", upstream.path === "" ? null : upstream.path],
      ["follows", upstream.asked],
      ["pinned", upstream.pin],
      ["upstream", upstream.version],
      ["licence", upstream.licence],
      ["publisher", upstream.publisher],
      ["released", upstream.released],
      [
        "installed",
        upstream.installedAt === null ? null : `${upstream.installedAt} by ${upstream.installedBy ?? ""}`,
      ],
      ["edited", editedText(upstream.edited)],
    );
  }
  return columns(
    screen,
    rows.flatMap(([name, text]) =>
      text === null ? [] : [[{ text: name, tone: "quiet" as const }, { text }]],
    ),
  ).join("\n");
}

function editedText(edited: readonly string[] | null): string {
  if (edited === null) return "not known: the store does not have the version it was taken from";
  return edited.length === 0 ? "nothing" : edited.join(", ");
}
