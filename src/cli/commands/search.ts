import { search } from "../../app/search.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { columns } from "../render/columns.ts";
import { shortId } from "../render/short-id.ts";
import { shownTime } from "../render/shown-time.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "<text>", summary: "what to look for; upper and lower case count the same" }],
  options: [{ flags: "--past", summary: "also in text that is no longer there" }],
  examples: [
    { cmd: 'stet search "--fast"', summary: "where the text stands now" },
    { cmd: "stet search --past deadline", summary: "also where it stood once" },
  ],
  about: "",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await search(call.environment, {
    ...call.options,
    text: call.input.needed(0, "text"),
    past: call.input.flag("past"),
  });
  const { hits } = answer.data;
  return outcomeOf(answer, (screen) => {
    if (hits.length === 0) return "Nothing found.";
    const rows = hits.map((hit) => [
      { text: hit.artifact, tone: "strong" as const },
      { text: `${hit.path}:${hit.line}`, tone: "quiet" as const },
      { text: whenItStood(hit, (at) => shownTime(screen, at)), tone: "quiet" as const },
      { text: hit.text },
    ]);
    return columns(screen, rows).join("\n");
  });
}

function whenItStood(
  hit: { readonly operation: string | null; readonly at: string | null },
  time: (at: string) => string,
): string {
  if (hit.operation === null) return "now";
  return hit.at === null ? shortId(hit.operation) : `${shortId(hit.operation)} ${time(hit.at)}`;
}
