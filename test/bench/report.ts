import type { Spread } from "./spread.ts";

/** One line of the table: a job, what was measured, and what it is to reach. */
export interface Row {
  readonly job: string;
  readonly measured: string;
  readonly goal: string;
  /** Null where there is no goal, or nothing to judge it by. */
  readonly reached: boolean | null;
  /** Absolute figures, and what has to be known to read the row. */
  readonly note: string;
}

/** A row for a ratio with an upper bound; it is judged by the median. */
export function ratioRow(job: string, ratio: Spread, goalMax: number, note: string): Row {
  return {
    job,
    measured: `${shownSpread(ratio)} x`,
    goal: `at most ${goalMax} x`,
    reached: ratio.median <= goalMax,
    note,
  };
}

/** A row that could not be measured here, and why. */
export function skippedRow(job: string, goal: string, why: string): Row {
  return { job, measured: "skipped", goal, reached: null, note: why };
}

export function shownSpread({ median, least, most }: Spread): string {
  return `${shownNumber(median)} (${shownNumber(least)} to ${shownNumber(most)})`;
}

/** Three significant digits, without an exponent. */
export function shownNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en") : String(+value.toPrecision(3));
}

/** Prints rows and, where a parent collects the table, sends them to it. */
export function report(rows: readonly Row[]): void {
  for (const row of rows) process.stdout.write(`${rowLines(row)}\n`);
  process.send?.(rows);
}

function rowLines({ job, measured, goal, reached, note }: Row): string {
  const verdict = reached === null ? "" : reached ? "  reached" : "  NOT REACHED";
  return `${job}\n  ${measured}   goal: ${goal}${verdict}\n  ${note}`;
}

/** Reads what a program sent. Throws a TypeError where it is no list of rows. */
export function readRows(message: unknown): readonly Row[] {
  if (!Array.isArray(message)) throw new TypeError("a program sent no rows");
  return message.map((one: unknown) => {
    if (typeof one !== "object" || one === null) throw new TypeError("a program sent no row");
    const cell = (name: string) => String(Reflect.get(one, name));
    const reached: unknown = Reflect.get(one, "reached");
    return {
      job: cell("job"),
      measured: cell("measured"),
      goal: cell("goal"),
      reached: typeof reached === "boolean" ? reached : null,
      note: cell("note"),
    };
  });
}
