import type { Retention } from "../collections/collection-file.ts";
import { StetError } from "../domain/errors.ts";
import type { OperationId } from "../domain/ids.ts";
import type { PruneResult } from "../store/maintenance.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { describeRetention, hasRule } from "./history/retention.ts";
import { type Answer, answer } from "./outcomes.ts";
import { collectionFile } from "./workbench/edit-collection-file.ts";
import { pruneBy } from "./workbench/prune-by-policy.ts";
import { writing } from "./workbench/writing.ts";

export interface PruneInput extends CallOptions, Omit<Retention, "automatic"> {
  /** Counts what would go, and removes nothing. */
  readonly dryRun?: boolean;
}

export interface PruneData {
  /** Null for a dry run, and where nothing went. */
  readonly operation: OperationId | null;
  /** Contents that went, or would go, and their bytes as plain files. */
  readonly objects: number;
  readonly bytes: number;
  readonly policy: string;
  readonly dryRun: boolean;
}

/**
 * Removes the content of old versions by policy: the rules that are given, else those of the collection. Never
 * the first version, pins, open conflicts, branches, or what undo may need (the last 1,000 operations and 90
 * days). Each leaves a tombstone that says when and why. Throws E-USAGE without a rule, and E-CONFIRM.
 */
export async function prune(environment: Environment, input: PruneInput = {}): Promise<Answer<PruneData>> {
  return await writing(environment, input, async (bench) => {
    const rules = hasRule(input) ? input : ((await collectionFile(bench)).retention ?? {});
    if (!hasRule(rules)) throw withoutRule();
    const planned = await pruneBy(bench, rules, { actor: bench.actor, reason: null, dryRun: true });
    const policy = describeRetention(rules);
    const isDry = input.dryRun === true || planned.objects === 0;
    if (!isDry) await confirmPrune(input, planned, policy);
    const reason = input.claims?.reason ?? null;
    const done = isDry ? planned : await pruneBy(bench, rules, { actor: bench.actor, reason, dryRun: false });
    const data = {
      operation: done.operation?.id ?? null,
      objects: done.objects,
      bytes: done.bytes,
      policy,
      dryRun: input.dryRun === true,
    };
    const next = planned.objects === 0 ? [] : isDry ? ["stet prune --yes"] : ["stet gc"];
    return answer(data, { notices: bench.notices, next });
  });
}

async function confirmPrune(
  input: PruneInput,
  { objects, bytes }: PruneResult,
  policy: string,
): Promise<void> {
  if (input.yes === true) return;
  const question = `Remove ${objects} old contents (${bytes} bytes), keeping ${policy}?`;
  if (input.confirm !== undefined && (await input.confirm(question))) return;
  throw new StetError({
    code: "E-CONFIRM",
    what: "Nothing was pruned without a confirmation.",
    where: policy,
    why: input.confirm === undefined ? `It would remove ${objects} contents.` : "The answer was no.",
    kept: "Every version is still there.",
    fixes: [
      { cmd: "stet prune --dry-run", summary: "see how much would go" },
      { cmd: "stet prune --yes", summary: "remove it; pruned content does not come back" },
    ],
  });
}

function withoutRule(): StetError {
  return new StetError({
    code: "E-USAGE",
    what: "No rule says which versions stay, so none was removed.",
    where: "retention",
    why: "Neither the command nor the collection's file has a rule.",
    kept: "Every version is still there.",
    fixes: [
      { cmd: "stet prune --keep-last 100 --dry-run", summary: "see what one rule would do" },
      { cmd: "stet config set retention.keep-last 100", summary: "give the collection a rule" },
    ],
  });
}
