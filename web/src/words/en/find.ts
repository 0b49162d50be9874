/** The search panel of the editor. */
export const find = {
  find: "Find",
  replace: "Replace",
  next: "next",
  previous: "previous",
  all: "all",
  matchCase: "match case",
  regexp: "regexp",
  byWord: "by word",
  replaceOne: "replace",
  replaceAll: "replace all",
  close: "close",
};
