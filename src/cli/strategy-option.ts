import { type MergingOptions, mergeStrategies } from "../app/environment.ts";
import type { OptionSpec } from "./command-spec.ts";
import type { Input } from "./input.ts";

/** Of every command that may have to merge. */
export const strategyOption: OptionSpec = {
  flags: "--strategy <policy>",
  summary: "what becomes of spots that both changed (by default what the collection says)",
  choices: mergeStrategies,
};

export function strategyOf(input: Input): Pick<MergingOptions, "strategy"> {
  const strategy = mergeStrategies.find((name) => name === input.text("strategy"));
  return strategy === undefined ? {} : { strategy };
}
