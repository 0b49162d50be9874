import { noCarrying } from "../collections/carrying.ts";
import { formatArtifact } from "../domain/artifact-kinds.ts";
import { StetError } from "../domain/errors.ts";
import type { KeyEdit } from "../formats/format-value.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { readArtifactArgument } from "./history/artifact-argument.ts";
import { type Answer, answer, type ChangeOutcome, nothingChanged } from "./outcomes.ts";
import { targetsOf } from "./targets/compute-sync.ts";
import { collectionFile, editCollectionFile } from "./workbench/edit-collection-file.ts";
import { writing } from "./workbench/writing.ts";

export interface IgnoreInput extends CallOptions {
  /** A runtime or a target in full. */
  readonly target: string;
  /** A key of the frontmatter, or of the TOML. */
  readonly field: string;
  /** `agent/reviewer`; absent for every artifact. */
  readonly artifact?: string;
  /** Why it may differ; kept in the collection's file, for those who read it later. */
  readonly reason: string;
  /** Takes the rule away in place of adding it. */
  readonly remove?: boolean;
}

/**
 * Lets a field differ at a target: neither side's value is carried to the other, and the difference is no drift.
 * Throws E-USAGE without a reason, E-NOT-FOUND for a target that the collection is not carried to.
 */
export async function ignore(environment: Environment, input: IgnoreInput): Promise<Answer<ChangeOutcome>> {
  const reason = input.reason.trim();
  if (reason === "" && input.remove !== true) throw withoutReason(input);
  return await writing(environment, input, async (bench) => {
    const { carrying = noCarrying } = await collectionFile(bench);
    const artifact =
      input.artifact === undefined ? null : formatArtifact(readArtifactArgument(input.artifact));
    const named = targetsOf(bench, [input.target]) ?? [];
    const isSame = (one: (typeof carrying.ignore)[number], target: string) =>
      one.target === target && one.field === input.field && one.artifact === artifact;
    const edits: KeyEdit[] = [];
    if (input.remove === true) {
      for (const [at, one] of [...carrying.ignore.entries()].reverse()) {
        if (named.some((target) => isSame(one, target)))
          edits.push({ path: ["ignore", at], value: undefined });
      }
    } else {
      const added = named.filter((target) => !carrying.ignore.some((one) => isSame(one, target)));
      for (const [at, target] of added.entries()) {
        const value = { target, field: input.field, ...(artifact === null ? {} : { artifact }), reason };
        edits.push({
          path: ["ignore", carrying.ignore.length + at],
          value: { ...value, by: bench.actor.name },
        });
      }
    }
    if (edits.length === 0) {
      bench.notice("W-NOTHING", "The collection says so already.");
      return answer(nothingChanged, { notices: bench.notices });
    }
    const details = { ignored: `${named.join(", ")} ${input.field}` };
    const outcome = await editCollectionFile(bench, edits, { reason, details });
    return answer(outcome, { notices: bench.notices, next: ["stet status", "stet undo"] });
  });
}

function withoutReason({ target, field }: IgnoreInput): StetError {
  const cmd = `stet ignore ${target} ${field} --reason "..."`;
  return new StetError({
    code: "E-USAGE",
    what: "A difference is ignored only with a reason.",
    where: `${target} ${field}`,
    why: "Whoever reads the collection later has to know why it may differ.",
    kept: "Nothing was changed.",
    fixes: [{ cmd, summary: "say why" }],
  });
}
