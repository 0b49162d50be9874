import { plural } from "../plural.ts";

const rows = (count: number) => `${count} ${plural(count, { one: "change", other: "changes" })}`;

export const plan = {
  title: "Plan of a sync",
  empty: "Nothing to do",
  emptyText: "Every copy is as it should be.",
  again: "Look again",
  apply: ({ count }: { count: number }) => `Apply ${rows(count)}`,
  applied: ({ count }: { count: number }) => `Applied ${rows(count)}`,
  valid: "Nothing is written yet. What moves until then is planned anew.",
  counted: ({ count }: { count: number }) => rows(count),
  deletes: ({ target }: { target: string }) => `Deletes at ${target}`,
  left: "Left alone",
  moved: ({ count }: { count: number }) =>
    `${rows(count)} not done: a file is another than when it was planned`,
  movedAway: "there is nothing left to do",
};

/** By what a row of a plan does. */
export const planActions = {
  create: "create",
  change: "change",
  delete: "delete",
  take: "take in",
  merge: "merge",
  ask: "ask",
};
