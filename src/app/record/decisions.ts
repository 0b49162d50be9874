import type { FileDecision } from "../../snapshot/snapshot-merge.ts";
import type { ShownDecision } from "../outcomes.ts";

/** Decisions that an operation keeps; the rest can be computed again from the versions that it merged. */
const decisionsKeptMax = 200;

/** What is worth telling: what is equal needs no words, and what one side did to a whole file says the diff. */
export function shownDecisions(decisions: readonly FileDecision[]): readonly ShownDecision[] {
  return decisions
    .filter(({ rule, where }) => rule !== "R0" && (rule !== "R1" || (where !== "" && where !== "mode")))
    .map(({ path, rule, where, mark, settled }) => {
      return { path, rule, where, mark: mark ?? null, took: settled?.took ?? null };
    });
}

/** The decisions as they are kept with their operation: text of a person's files, so it can be forgotten. */
export function decisionDetails(decisions: readonly FileDecision[]): Readonly<Record<string, string>> {
  const shown = shownDecisions(decisions);
  if (shown.length === 0) return {};
  const lines = shown.slice(0, decisionsKeptMax).map(({ path, rule, where, mark, took }) => {
    const notes = [took === null ? null : `took ${took}`, mark].filter((note) => note !== null);
    return `${rule} ${path}${where === "" ? "" : `: ${where}`}${notes.length === 0 ? "" : ` (${notes.join(", ")})`}`;
  });
  const rest = shown.length - lines.length;
  return { decided: [...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].join("\n") };
}
