import { diffLines } from "diff";

/**
 * Both outcomes of a merge in one text, with git's conflict markers where they differ. Only for files that git
 * itself has in conflict: stet never puts a marker on disk.
 */
export function markedText(
  yours: string,
  theirs: string,
  labels: { readonly yours: string; readonly theirs: string },
  markerLength: number,
): string {
  const mark = (sign: string, label: string) =>
    `${sign.repeat(markerLength)}${label === "" ? "" : ` ${label}`}\n`;
  let text = "";
  let mine = "";
  let other = "";
  const flush = () => {
    if (mine !== "" || other !== "") {
      text += mark("<", labels.yours) + ended(mine) + mark("=", "") + ended(other) + mark(">", labels.theirs);
    }
    mine = "";
    other = "";
  };
  for (const { added, removed, value } of diffLines(yours, theirs)) {
    if (removed) mine += value;
    else if (added) other += value;
    else {
      flush();
      text += value;
    }
  }
  flush();
  return text;
}

/** A marker begins a line, also behind a text without a final newline. */
function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
