/** One changed stretch of a unified diff, as the two texts that it is about. */
export interface Hunk {
  /** The first line of the stretch in the newer text, from 1. */
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/** The stretches of a unified diff of one file. A text without a stretch gives none. */
export function patchHunks(patch: string): readonly Hunk[] {
  const hunks: { line: number; before: string[]; after: string[] }[] = [];
  for (const line of patch.split("\n")) {
    const header = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (header !== null) hunks.push({ line: Number(header[1]), before: [], after: [] });
    const hunk = hunks.at(-1);
    if (hunk === undefined || header !== null) continue;
    const [sign, text] = [line.slice(0, 1), line.slice(1)];
    if (sign === " " || sign === "-") hunk.before.push(text);
    if (sign === " " || sign === "+") hunk.after.push(text);
  }
  return hunks.map(({ line, before, after }) => ({
    line,
    before: before.join("\n"),
    after: after.join("\n"),
  }));
}
