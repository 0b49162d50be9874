/**
 * 295 real merges of agent files: how often a merge must ask, and how often its result is what people committed, beside
 * `git merge-file` in the same run. Fixed beforehand: "equal" is byte for byte, also in line ends and the final newline;
 * a clean result that lost or doubled a line counts as a stop, save that a line whose words were merged (R2, or the mark
 * `look`) is not lost.
 */
import { merge } from "../../../src/merge/merge.ts";
import type { TextMerge } from "../../../src/merge/merge-types.ts";
import { textFormatOf } from "../../../src/merge/text-format.ts";
import { benchFolder } from "../bench-folder.ts";
import { gitMergeFile } from "../merge/git-merge-file.ts";
import { type RealMerge, realMerges } from "../merge/real-merges.ts";
import { wrongLines } from "../merge/wrong-lines.ts";
import { type Row, report, shownNumber, skippedRow } from "../report.ts";

type Outcome = "stopped" | "equal" | "different";

interface Judged {
  readonly one: RealMerge;
  readonly merged: TextMerge;
  readonly ours: Outcome;
  readonly git: Outcome;
  readonly isStable: boolean;
}

using folder = benchFolder();
const cases = realMerges();
if (cases === null) report([skippedRow("real merges", "at most 18 %", "there is no corpus")]);
else reportAll(cases.map(judge));

function judge(one: RealMerge): Judged {
  const merged = mergeOf(one);
  const isClean = merged.units.length === 0 && !isWrong(one, merged);
  const again = [one.yours, one.theirs].map((side) => mergeOf({ ...one, yours: side, theirs: merged.text }));
  const byGit = gitMergeFile(folder.path, one).text;
  return {
    one,
    merged,
    ours: isClean ? compared(one, merged.text) : "stopped",
    git: byGit === null ? "stopped" : compared(one, byGit),
    isStable: !isClean || again.every(({ text, units }) => units.length === 0 && text === merged.text),
  };
}

function mergeOf({ path, base, yours, theirs }: RealMerge): TextMerge {
  return merge({ base, yours, theirs }, { format: textFormatOf(path) });
}

function compared({ committed }: RealMerge, text: string): Outcome {
  return text === committed ? "equal" : "different";
}

function isWrong(one: RealMerge, { text, decisions }: TextMerge): boolean {
  const { lost, doubled } = wrongLines(one, text);
  const isInside = decisions.some(({ rule, mark }) => rule === "R2" || mark === "look");
  return doubled.length > 0 || (lost.length > 0 && !isInside);
}

function reportAll(all: readonly Judged[]): void {
  process.stdout.write(`\nmerged, but not as people did:\n`);
  for (const { one, merged } of all.filter(({ ours }) => ours === "different")) {
    process.stdout.write(`  ${one.name}\n    ${rulesOf(merged).join(" ")}\n`);
  }
  process.stdout.write(
    "\nrule: merges in which it fired, of those merged by themselves, of those different\n",
  );
  const rules = [...new Set(all.flatMap(({ merged }) => rulesOf(merged)))].sort();
  for (const rule of rules) {
    const fired = all.filter(({ merged }) => rulesOf(merged).includes(rule));
    const clean = fired.filter(({ ours }) => ours !== "stopped").length;
    const different = fired.filter(({ ours }) => ours === "different").length;
    process.stdout.write(`  ${rule}: ${fired.length}, ${clean}, ${different}\n`);
  }
  report(rowsOf(all));
}

function rulesOf({ decisions, units }: TextMerge): readonly string[] {
  return [...new Set([...decisions, ...units].map(({ rule }) => rule))].sort();
}

function rowsOf(all: readonly Judged[]): readonly Row[] {
  const share = (which: (one: Judged) => boolean) => (100 * all.filter(which).length) / all.length;
  const row = (
    job: string,
    which: (one: Judged) => boolean,
    git: ((one: Judged) => boolean) | null,
    bound: { readonly most: number } | { readonly least: number },
  ): Row => {
    const value = share(which);
    const reached = "most" in bound ? value <= bound.most : value >= bound.least;
    const goal = "most" in bound ? `at most ${bound.most} %` : `at least ${bound.least} %`;
    const note =
      git === null ? `of ${all.length}` : `git merge-file: ${shownNumber(share(git))} %, of ${all.length}`;
    return { job, measured: `${shownNumber(value)} %`, goal, reached, note };
  };
  const isByR5OrR6 = ({ ours, merged }: Judged) =>
    ours === "different" && rulesOf(merged).some((rule) => rule === "R5" || rule === "R6");
  return [
    row(
      "real merges that stop",
      ({ ours }) => ours === "stopped",
      ({ git }) => git === "stopped",
      { most: 18 },
    ),
    row(
      "merged, equal to people's",
      ({ ours }) => ours === "equal",
      ({ git }) => git === "equal",
      { least: 70 },
    ),
    row(
      "merged, but different",
      ({ ours }) => ours === "different",
      ({ git }) => git === "different",
      { most: 8 },
    ),
    row("R5 or R6 fired, and different", isByR5OrR6, null, { most: 3 }),
    row("merged again with the result, changed", ({ isStable }) => !isStable, null, { most: 0 }),
  ];
}
