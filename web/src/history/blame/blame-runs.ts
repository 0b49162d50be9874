import type { BlameValue } from "../../api/blame.ts";

type Line = BlameValue["lines"][number];

/** Neighbouring lines that one operation brought. */
export interface BlameRun extends Pick<Line, "actor" | "at" | "operation"> {
  /** The first of its lines, from 1. */
  readonly from: number;
  readonly text: string;
}

/** Lines joined by the operation that brought them; their texts, joined by line ends, are the lines' texts. */
export function blameRuns(lines: readonly Line[]): readonly BlameRun[] {
  const runs: { first: Line; texts: string[] }[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.first.operation === line.operation) last.texts.push(line.text);
    else runs.push({ first: line, texts: [line.text] });
  }
  return runs.map(({ first: { actor, at, operation, line }, texts }) => ({
    actor,
    at,
    operation,
    from: line,
    text: texts.join("\n"),
  }));
}
