export const targets = {
  title: "Targets",
  filter: "Filter by name",
  matrix: "Artifacts by targets",
  artifact: "Artifact",
  noCopy: "no copy",
  states: "Only copies in one state",
  toPlan: "Plan a sync",
  empty: "Nothing is carried anywhere",
  emptyText: "Artifacts show here as soon as this project has a target.",
  panel: ({ name, target }: { name: string; target: string }) => `${name} at ${target}`,
  push: ({ target }: { target: string }) => `Push to ${target}`,
  pull: ({ target }: { target: string }) => `Pull from ${target}`,
  merge: "Merge both",
  done: ({ name, target }: { name: string; target: string }) => `${name} and ${target} are together again`,
  same: "What stet would write is what is there.",
  difference: "From what is there to what stet would write",
};

/** By the drift state of a copy: which side moved, in one sentence. */
export const sides = {
  "in-sync": "Both sides are the same.",
  behind: "The store moved on; the copy is as stet wrote it.",
  ahead: "The copy was edited; the store has not changed since.",
  diverged: "Both sides changed since stet wrote the copy.",
  missing: "There is no copy at the target.",
  extra: "The target has a file there that stet does not manage.",
  blocked: "It is not written there until what is wrong is mended.",
  unsupported: "This runtime has no place for it.",
  native: "This runtime reads the store's own file, so there is no copy.",
};
