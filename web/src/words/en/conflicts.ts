import { plural } from "../plural.ts";

export const conflicts = {
  title: "Conflicts",
  counted: ({ count }: { count: number }) =>
    `${count} ${plural(count, { one: "waits", other: "wait" })} to be settled`,
  empty: "Nothing waits to be settled",
  emptyText: "What two writers changed at the same spot is kept here until somebody decides.",
  detail: "The conflict",
  choose: "Choose a conflict to see both sides",
  chooseText: "The present version stays in place meanwhile; nothing is lost by waiting.",
  between: ({ one, other }: { one: string; other: string }) => `${one} and ${other}`,
  movedOn: "The file has changed since; the spots are as they ask now.",
  settle: "Settle it",
  keepChoices: "Keep these choices",
  settled: "The choices are kept; both sides stay in history",
  openEditor: "Open in the editor",
};
