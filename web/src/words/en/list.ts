import { plural } from "../plural.ts";

export const list = {
  title: "Artifacts",
  filter: "Filter by name, target or state",
  counted: ({ shown, all }: { shown: number; all: number }) =>
    shown === all
      ? `${all} ${plural(all, { one: "artifact", other: "artifacts" })}`
      : `${shown} of ${all} artifacts`,
  noTargets: "not carried anywhere",
  empty: "No artifacts yet",
  emptyText: "Skills, agents, commands and rules of this project show here as soon as there are some.",
  nothingFits: "Nothing fits this filter",
  clearFilter: "Clear the filter",
};
