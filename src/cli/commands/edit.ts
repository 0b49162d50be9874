import { openForEdit, saveEdited } from "../../app/edit.ts";
import { answer, nothingChanged } from "../../app/outcomes.ts";
import { withoutAbsent } from "../call-options.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { editText } from "../edit-text.ts";
import { changeOutcome } from "../render/change-outcome.ts";
import { strategyOf, strategyOption } from "../strategy-option.ts";

export const spec: CommandSpec = {
  arguments: [{ name: "<artifact>", summary: "an artifact, such as skill/pdf", completes: "artifact" }],
  options: [{ flags: "-m, --message <text>", summary: "what changed, in your words" }, strategyOption],
  examples: [{ cmd: "stet edit skill/pdf", summary: "open it in $VISUAL or $EDITOR" }],
  about:
    "The editor gets a copy. What it leaves is saved against the version that was opened: where somebody else changed the artifact meanwhile, both texts are kept and merged, or stored as a conflict.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const artifact = call.input.needed(0, "artifact");
  const opened = (await openForEdit(call.environment, { ...call.options, artifact })).data;
  const words = { done: "Saved", nothing: "Nothing was changed." };
  const edited = await editText(call, opened.path, opened.text);
  if (edited.text === opened.text) {
    await edited.discard();
    const unchanged = answer(nothingChanged);
    return outcomeOf(unchanged, (screen) => changeOutcome(screen, unchanged.data, words));
  }
  // The copy is removed only when the store has the text: a refused save leaves it, and the error names it.
  const saved = await edited.keepOnFailure(() =>
    saveEdited(call.environment, {
      ...call.options,
      ...strategyOf(call.input),
      ...withoutAbsent({ message: call.input.text("message") }),
      artifact,
      base: opened.version,
      text: edited.text,
    }),
  );
  await edited.discard();
  return outcomeOf(saved, (screen) => changeOutcome(screen, saved.data, words));
}
