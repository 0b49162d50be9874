import { holdUpstream } from "../../app/hold-upstream.ts";
import { listPins, pin } from "../../app/pin.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { columns } from "../render/columns.ts";
import { doneLine } from "../render/done-line.ts";
import { shortId } from "../render/short-id.ts";
import { usageError } from "../usage-error.ts";

export const spec: CommandSpec = {
  arguments: [
    {
      name: "[name]",
      summary: "what to call the state, or the artifact to hold (all pins are listed, if not given)",
    },
  ],
  options: [
    {
      flags: "--at <id|time>",
      summary: "an operation, commit, branch or time (what is here now, if not given)",
    },
    { flags: "--note <text>", summary: "what it is kept for" },
  ],
  examples: [
    { cmd: "stet pin before-the-sale", summary: "keep what is here now, under that name" },
    { cmd: "stet pin", summary: "the states that are pinned" },
    { cmd: "stet pin skill/pdf", summary: "hold an artifact at the version it has of its upstream" },
  ],
  about:
    "A pinned state is never pruned. Its name stands wherever an id does: `stet restore --at before-the-sale`. A name with a slash is an artifact's: it is held at its upstream version, and updates pass it by.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input, environment, options } = call;
  const [name, at, note] = [input.word(0), input.text("at"), input.text("note")];
  if (name === undefined) {
    if (at !== undefined || note !== undefined)
      throw usageError("The pin has no name.", "A pin is found by its name.");
    return await listAll(call);
  }
  if (name.includes("/")) {
    const held = await holdUpstream(environment, { ...options, ...withoutAbsent({ at }), artifact: name });
    return outcomeOf(held, (screen) => doneLine(screen, `Holding ${name}`, held.data.operation));
  }
  const answer = await pin(environment, { ...options, ...withoutAbsent({ at, note }), name });
  return outcomeOf(answer, (screen) => doneLine(screen, `Pinned ${name}`, answer.data.operation));
}

async function listAll({ environment, options }: Call): Promise<CommandOutcome> {
  const answer = await listPins(environment, { ...options });
  const { pins } = answer.data;
  return outcomeOf(answer, (screen) => {
    if (pins.length === 0) return "No pins yet.";
    return columns(
      screen,
      pins.map((one) => [
        { text: one.name, tone: "strong" },
        { text: shortId(one.commit), tone: "new" },
        { text: one.note ?? "", tone: "quiet" },
      ]),
    ).join("\n");
  });
}
