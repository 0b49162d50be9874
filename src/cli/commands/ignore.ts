import { ignore } from "../../app/ignore.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { doneLine } from "../render/done-line.ts";

export const spec: CommandSpec = {
  arguments: [
    { name: "<target>", summary: "a runtime, or a target in full" },
    { name: "<field>", summary: "a key of the frontmatter, or of the TOML" },
  ],
  options: [
    { flags: "--artifact <artifact>", summary: "only of this artifact" },
    { flags: "--remove", summary: "take the rule away" },
  ],
  examples: [
    {
      cmd: 'stet ignore codex model --reason "each of us pays for another one"',
      summary: "let Codex' agents have their own models",
    },
  ],
  about:
    "Neither side's value reaches the other from then on, and a difference is no drift. The rule stands in the collection's file with its reason.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { input, environment, options } = call;
  const field = input.needed(1, "field");
  const remove = input.flag("remove");
  const answer = await ignore(environment, {
    ...options,
    ...withoutAbsent({ artifact: input.text("artifact") }),
    target: input.needed(0, "target"),
    field,
    reason: input.text("reason") ?? "",
    remove,
  });
  const done = remove ? `${field} counts again` : `${field} may differ there`;
  return outcomeOf(answer, (screen) => doneLine(screen, done, answer.data.operation));
}
