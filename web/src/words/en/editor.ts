import { plural } from "../plural.ts";

const unknownActor = "an unknown writer";

/** The name of a writer, also where nobody knows it. */
const who = (actor: string | null) => actor ?? unknownActor;

export const editor = {
  text: ({ name }: { name: string }) => `Text of ${name}`,
  save: "Save",
  saveResult: "Save the result",
  saving: "Saving…",
  more: "More",
  plainMode: "Plain text field",
  richMode: "Editor with highlighting",
  dirty: "Not saved; kept in this browser",
  clean: "Everything is saved",
  saved: ({ version }: { version: string }) => `Saved as ${version}`,
  unchanged: "Already there: the text is the same",
  merged: "Saved, merged with what came in between",
  replaced: ({ version }: { version: string }) => `Replaced; both versions are in history. Now ${version}`,
  nothingToSave: "There is nothing to save",
  movedOn: ({ actor }: { actor: string | null }) => `${who(actor)} changed this; you see the new version`,
  takenIn: ({ actor }: { actor: string | null }) => `The changes of ${who(actor)} are in your text`,
  refused: ({ actor, units }: { actor: string | null; units: number }) =>
    `Not saved yet: ${units} ${plural(units, { one: "overlap", other: "overlaps" })} with ${who(actor)}. Your text is kept.`,
  changedAgain: ({ actor }: { actor: string | null }) =>
    `${who(actor)} saved again meanwhile. Nothing was replaced; look once more.`,
  stillOpen: ({ units }: { units: number }) =>
    `${units} ${plural(units, { one: "overlap is", other: "overlaps are" })} still open`,
  reloaded: "You see their version. Your text is in history and offered as a draft.",
  left: "Left for later: the conflict is stored, and your text is offered as a draft.",
  draftRestored: ({ time }: { time: string }) => `What you typed at ${time} is back`,
  draftUsed: "The draft is in the editor",
  draftDiscarded: "The draft was discarded",
  bringBack: "Bring it back",
  discard: "Discard",
  failed: ({ what }: { what: string }) => `Not saved: ${what} What you typed is kept in this browser.`,
  undo: "Undo",
  mergesWithYours: ({ actor }: { actor: string | null }) =>
    `${who(actor)} changed this too; it merges with yours`,
  overlapsYours: ({ actor, units }: { actor: string | null; units: number }) =>
    `${who(actor)} changed this too: ${units} ${plural(units, { one: "overlap", other: "overlaps" })}`,
  comparing: ({ actor }: { actor: string | null }) => `${who(actor)} changed this too; comparing…`,
  takeIn: "Take it in",
  look: "Look",
  gone: ({ actor }: { actor: string | null }) =>
    actor === null
      ? "This artifact was removed or renamed elsewhere. Your text is kept; saving creates it again."
      : `${actor} removed or renamed this artifact. Your text is kept; saving creates it again.`,
  draftOffer: ({ time }: { time: string }) => `You have a draft from ${time}, based on an older version.`,
  draftOfferSame: ({ time }: { time: string }) => `You have a draft from ${time}.`,
  compare: "Compare",
  use: "Use",
  hide: "Hide",
  draftDifference: "The draft against what is present",
  checks: ({ count }: { count: number }) => (count === 0 ? "Checks" : `Checks (${count})`),
  noProblems: "Nothing to say against the text.",
  line: ({ line }: { line: number }) => `Line ${line}`,
  keptAsDraft: ({ name }: { name: string }) => `What you typed in ${name} is kept as a draft`,
  notEditable: "This cannot be edited here",
  masked:
    "Something that looks like a secret stands in it. It is hidden, and would be lost by saving it from here.",
  binary: "Its main file is missing or is not text.",
  rail: "About this artifact",
  history: "History",
  noHistory: "No changes yet.",
  targets: "Targets",
  noTargets: "It is not carried to any runtime.",
  files: ({ count }: { count: number }) => `Files (${count})`,
  binaryFile: "Not text",
  bytes: ({ bytes }: { bytes: number }) =>
    bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(bytes < 10_240 ? 1 : 0)} KB`,
};
