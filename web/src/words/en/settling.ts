import { plural } from "../plural.ts";

const who = (actor: string | null) => actor ?? "an unknown writer";

export const settling = {
  views: "Ways to settle it",
  overlaps: ({ count }: { count: number }) => `Overlaps (${count})`,
  yourText: "Your text",
  sideBySide: "Side by side",
  result: "Result",
  settled: ({ done, all }: { done: number; all: number }) => `${done} of ${all} settled`,
  cardTitle: ({ number, all, where }: { number: number; all: number; where: string }) =>
    where === "" ? `Overlap ${number} of ${all}` : `Overlap ${number} of ${all} · ${where}`,
  before: "Before",
  nothingThere: "nothing there",
  yours: "Yours",
  theirs: ({ actor, time }: { actor: string | null; time: string }) =>
    time === "" ? who(actor) : `${who(actor)}, ${time}`,
  both: "Both",
  bothDetail: "theirs first, then yours",
  write: "Write it",
  writeHere: ({ number }: { number: number }) => `Text for overlap ${number}`,
  security: "This grants power: read it closely.",
  added: "added",
  removed: "removed",
  untouched: ({ lines }: { lines: number }) =>
    `${lines} ${plural(lines, { one: "line", other: "lines" })} as they are`,
  previous: "Previous",
  next: "Next",
  keepAsHere: ({ number }: { number: number }) => `Overlap ${number} is settled as it stands on the right`,
  theirsName: ({ actor }: { actor: string | null }) => `Version of ${who(actor)}`,
  yoursName: "Your text, to edit",
  resultName: "The result as it would be saved",
  nothingOpen: "Nothing overlaps any more. The result can be saved.",
  reload: "Reload theirs",
  reloadDetail: "Your text stays in history and as a draft",
  compare: "Compare in the diff editor",
  compareDetail: "Side by side, to merge by hand",
  overwrite: "Overwrite theirs…",
  overwriteDetail: "Their version stays in history",
  later: "Leave for later",
  laterDetail: "The conflict is stored; their version stays in place",
  back: "Back to my text",
  backDetail: "Nothing is decided yet",
  overwriteTitle: ({ actor }: { actor: string | null }) => `Replace the version of ${who(actor)}?`,
  overwriteText: ({ version, time }: { version: string; time: string }) =>
    time === ""
      ? `Their version stays in history as ${version} and can be restored from there.`
      : `Their version from ${time} stays in history as ${version} and can be restored from there.`,
  overwriteConfirm: "Replace it",
  cancel: "Cancel",
};
