import type { CallOptions, Environment } from "../app/environment.ts";
import { artifactKinds } from "../domain/artifact-kinds.ts";
import { errorCodes } from "../domain/error-codes.ts";
import type { ArgumentSpec, Call, CommandEntry, CommandSpec, Completes, OptionSpec } from "./command-spec.ts";
import { splitCommandWord } from "./command-word.ts";
import { shells } from "./completion-scripts.ts";
import { globalOptions, optionWords, takesValue } from "./global-options.ts";
import { shortId } from "./render/short-id.ts";

export interface Candidate {
  readonly value: string;
  readonly summary: string;
}

/** How many operations a shell offers. */
const operationsOffered = 30;

/**
 * What can stand at the end of a half-typed command line. The last of `words` is the one being typed, possibly
 * empty. What cannot be looked up (no collection here) is left out: completion never fails.
 */
export async function candidates(
  { environment, options, commands }: Pick<Call, "environment" | "options" | "commands">,
  words: readonly string[],
): Promise<readonly Candidate[]> {
  const typed = words.at(-1) ?? "";
  const { command, rest } = splitCommandWord(words.slice(0, -1));
  if (command === undefined || command === "help") return matching(commandCandidates(commands), typed);
  const entry = commands.find((one) => one.name === command);
  if (entry === undefined) return [];
  const { spec } = await entry.load();
  const known = [...spec.options, ...globalOptions];
  const before = known.find(
    (option) => takesValue(option) && optionWords(option).includes(rest.at(-1) ?? ""),
  );
  if (before !== undefined) {
    return matching(
      (before.choices ?? []).map((value) => ({ value, summary: "" })),
      typed,
    );
  }
  if (typed.startsWith("-")) return matching(known.flatMap(optionCandidates), typed);
  const completes = argumentAt(spec, positionalsIn(rest, known))?.completes;
  return completes === undefined ? [] : matching(await lookUp(environment, options, completes), typed);
}

function matching(offered: readonly Candidate[], typed: string): readonly Candidate[] {
  return offered.filter((one) => one.value.startsWith(typed));
}

function commandCandidates(commands: readonly CommandEntry[]): Candidate[] {
  return commands.map((entry) => ({ value: entry.name, summary: entry.summary }));
}

function optionCandidates(option: OptionSpec): Candidate[] {
  return optionWords(option).map((value) => ({ value, summary: option.summary }));
}

function positionalsIn(words: readonly string[], known: readonly OptionSpec[]): number {
  let count = 0;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (known.some((option) => takesValue(option) && optionWords(option).includes(word))) index++;
    else if (!word.startsWith("-")) count++;
  }
  return count;
}

function argumentAt(spec: CommandSpec, position: number): ArgumentSpec | undefined {
  const last = spec.arguments.at(-1);
  return spec.arguments[position] ?? (last?.name.includes("...") ? last : undefined);
}

async function lookUp(
  environment: Environment,
  options: CallOptions,
  completes: Completes,
): Promise<readonly Candidate[]> {
  const plain = (values: readonly string[]) => values.map((value) => ({ value, summary: "" }));
  try {
    switch (completes) {
      case "kind":
        return plain(artifactKinds);
      case "shell":
        return plain(shells);
      case "code":
        return Object.entries(errorCodes).map(([value, { text }]) => ({ value, summary: text }));
      case "artifact":
        return await artifactCandidates(environment, options);
      case "operation":
        return await operationCandidates(environment, options);
      case "conflict":
        return await conflictCandidates(environment, options);
      case "branch":
        return await branchCandidates(environment, options);
      case "pin":
        return await pinCandidates(environment, options);
    }
  } catch {
    return [];
  }
}

async function artifactCandidates(environment: Environment, options: CallOptions): Promise<Candidate[]> {
  const { listArtifacts } = await import("../app/list.ts");
  const { data } = await listArtifacts(environment, { ...options });
  return data.artifacts.map((one) => ({ value: `${one.kind}/${one.name}`, summary: one.description ?? "" }));
}

async function operationCandidates(environment: Environment, options: CallOptions): Promise<Candidate[]> {
  const { log } = await import("../app/log.ts");
  const { data } = await log(environment, { ...options, limit: operationsOffered });
  return data.operations.map((one) => ({
    value: shortId(one.id),
    summary: `${one.actor.name}: ${one.summary}`,
  }));
}

async function conflictCandidates(environment: Environment, options: CallOptions): Promise<Candidate[]> {
  const { listConflicts } = await import("../app/conflicts.ts");
  const { data } = await listConflicts(environment, { ...options });
  return data.conflicts.map((one) => ({ value: shortId(one.id), summary: one.artifact ?? one.path }));
}

async function branchCandidates(environment: Environment, options: CallOptions): Promise<Candidate[]> {
  const { listBranches } = await import("../app/branch.ts");
  const { data } = await listBranches(environment, { ...options });
  return data.branches.map((one) => ({ value: one.name, summary: one.author ?? "" }));
}

async function pinCandidates(environment: Environment, options: CallOptions): Promise<Candidate[]> {
  const { listPins } = await import("../app/pin.ts");
  const { data } = await listPins(environment, { ...options });
  return data.pins.map((one) => ({ value: one.name, summary: one.note ?? "" }));
}
