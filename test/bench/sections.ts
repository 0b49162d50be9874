/**
 * How fast a Markdown text's sections are found, beside an independent CommonMark parser that finds the same
 * headings. Run with `node test/bench/sections.ts`. Times are processor time, the least of the runs, first
 * after warming up and then for the very first call in a process.
 */
import { referenceHeadings } from "../../src/formats/blocks/reference-headings.test-support.ts";
import { markdownSections } from "../../src/formats/sections.ts";

const paragraph = [
  "Run `stet save` *before* you edit: what was there is kept, and [the log](log.md) says who wrote it.",
  "",
  "- one item, with **marks**",
  "  and a second line",
  "- another, see <https://example.org/>",
  "",
  "```sh",
  "# no heading",
  "stet save --message 'a change'",
  "```",
  "",
  "> Quoted, and",
  "lazily continued.",
  "",
];

/** That many lines, a heading on every fifteenth. */
function document(lines: number): string {
  const all: string[] = [];
  while (all.length < lines) all.push(`## Step ${all.length}`, ...paragraph);
  return all.slice(0, lines).join("\n");
}

function milliseconds(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function least(runs: number, run: () => unknown): number {
  return Math.min(...Array.from({ length: runs }, () => milliseconds(run)));
}

function rowFor(lines: number): Record<string, number> {
  const text = document(lines);
  const repeats = Math.ceil(20_000 / lines);
  const ours = least(15, () => {
    for (let run = 0; run < repeats; run++) markdownSections(text);
  });
  const theirs = least(3, () => referenceHeadings(text));
  return {
    lines,
    kilobytes: text.length / 1000,
    "ours ms": ours / repeats,
    "parser ms": theirs,
    "ours MB/s": (text.length * repeats) / 1000 / ours,
    "parser MB/s": text.length / 1000 / theirs,
    ratio: (theirs * repeats) / ours,
  };
}

const first = document(10_000);
const cold = milliseconds(() => markdownSections(first));
const rows = [100, 1000, 10_000].map(rowFor);
console.table(
  rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value.toPrecision(3))])),
  ),
);
console.log(`the first call, 10,000 lines: ${cold.toFixed(1)} ms`);
const [, thousand, tenThousand] = rows;
const growth = (tenThousand?.["ours ms"] ?? Number.NaN) / (thousand?.["ours ms"] ?? Number.NaN);
console.log(`10,000 lines against 1,000: ${growth.toFixed(1)} x`);
