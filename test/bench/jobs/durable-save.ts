/**
 * What a durable save through the library costs: fsyncs, counted from outside, and what 64 at once share; beside it the
 * floor, which is SQLite alone inserting the same rows.
 */
import { join } from "node:path";
import { childCommand, readNumbers } from "../bench-child.ts";
import { benchFolder } from "../bench-folder.ts";
import { run } from "../command.ts";
import { type Row, report, shownNumber, shownSpread, skippedRow } from "../report.ts";
import { roundsMin } from "../rounds.ts";
import { spreadOf } from "../spread.ts";
import { countSyncs, straceProblem } from "../strace.ts";

const saves = 1000;
using folder = benchFolder();

function syncRow(): Row {
  const child = childCommand("saving-child", join(folder.path, "counted/store.db"), String(saves), "0", "1");
  const { marked } = countSyncs(child, folder.path);
  return {
    job: "durable save through the library, fsyncs a transaction",
    measured: shownNumber(marked / saves),
    goal: "at most 1.05",
    reached: marked / saves <= 1.05,
    note: `${marked} fsyncs in ${saves} saves one after the other, the log's checkpoints included`,
  };
}

function rateRow(delayed: boolean): Row {
  const rates: { single: number; concurrent: number; floorSingle: number; floor: number }[] = [];
  for (let round = 0; round < roundsMin; round++) {
    const file = join(folder.path, `${delayed ? "delayed" : "native"}-${round}/store.db`);
    const { output } = run([childCommand("saving-child", file, "100", "2560", "64")], { delayed });
    const [single = Number.NaN, concurrent = Number.NaN] = readNumbers(JSON.parse(output));
    const bare = childCommand("floor-child", file, `${file}-floor`, "100", "64");
    const [floorSingle = Number.NaN, floor = Number.NaN] = readNumbers(
      JSON.parse(run([bare], { delayed }).output),
    );
    rates.push({ single, concurrent, floorSingle, floor });
  }
  const ratio = spreadOf(rates.map(({ single, concurrent }) => concurrent / single));
  const cost = delayed ? "an fsync costs 2 ms more" : "natively";
  const median = (of: keyof (typeof rates)[number]) =>
    shownNumber(spreadOf(rates.map((one) => one[of])).median);
  return {
    job: `64 concurrent saves by single ones, saves a second, ${cost}`,
    measured: `${shownSpread(ratio)} x`,
    goal: delayed ? "at least 25 x" : "printed",
    reached: delayed ? ratio.median >= 25 : null,
    note:
      `single ${median("single")}, 64 at once ${median("concurrent")} saves a second, one ref; ` +
      `SQLite alone with the same rows ${median("floorSingle")} and ${median("floor")}, by 64 in a transaction`,
  };
}

const problem = straceProblem();
if (problem === null) report([syncRow(), rateRow(true)]);
else {
  report([
    skippedRow("durable save through the library, fsyncs a transaction", "at most 1.05", problem),
    skippedRow("64 concurrent saves by single ones, an fsync costs 2 ms more", "at least 25 x", problem),
  ]);
}
report([rateRow(false)]);
