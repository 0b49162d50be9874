import { cat } from "../../app/cat.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";

export const spec: CommandSpec = {
  arguments: [
    {
      name: "<what>",
      summary:
        "<kind>/<name>[:path][@<id|time>]; the id of a blob, version, commit or operation, or 8 letters of it",
      completes: "artifact",
    },
  ],
  options: [],
  examples: [
    { cmd: "stet cat skill/pdf", summary: "its SKILL.md as it is now" },
    { cmd: "stet cat skill/pdf:scripts/fill.sh@op_4k2m9qxz", summary: "one file as of that operation" },
  ],
  about:
    "Prints the bytes and nothing else. With --json they come as text, or as base64 where they are not UTF-8.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await cat(call.environment, {
    ...call.options,
    what: call.input.needed(0, "artifact or id"),
  });
  const { bytes, path, blob, masked } = answer.data;
  return outcomeOf(answer, bytes, { data: { path, blob, masked, bytes: bytes.length, ...encoded(bytes) } });
}

function encoded(bytes: Uint8Array): { readonly text: string } | { readonly base64: string } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { base64: Buffer.from(bytes).toString("base64") };
  }
}
