import type { UnitChoice } from "../domain/conflicts.ts";

/** What a unit of text becomes by a choice, theirs while it is open (null). A side that has nothing there is "". */
export function chosenText(
  choice: UnitChoice | null,
  { yours, theirs }: { readonly yours: string | null; readonly theirs: string | null },
): string {
  if (choice === "yours") return yours ?? "";
  if (choice === "both") return (theirs ?? "") + (yours ?? "");
  return choice === null || choice === "theirs" ? (theirs ?? "") : choice.text;
}
