/** `stet status` of 1,000 clean artifacts at two targets, and `stet --version`, against a Node that does nothing. */
import { lstatSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { benchFolder } from "../bench-folder.ts";
import { node, run, settleDisk, stet } from "../command.ts";
import { ratioRow, report, shownNumber } from "../report.ts";
import { type Comparison, compare } from "../rounds.ts";
import { requireInHistory, requireSameFolder } from "../same-bytes.ts";
import { writeSkills } from "../skill-files.ts";
import { spreadOf } from "../spread.ts";

const rounds = 15;
using folder = benchFolder();
const floor = node("-e", "");

/** A project whose skills are in step at Claude Code (a copy) and Codex (reads the root). */
async function syncedProject(
  filesEach: number,
): Promise<{ readonly home: string; readonly project: string }> {
  const project = join(folder.path, `project-${filesEach}`);
  const home = join(folder.path, `home-${filesEach}`);
  writeSkills(join(project, ".agents/skills"), 1000, filesEach);
  for (const runtime of [".claude", ".codex"]) mkdirSync(join(project, runtime));
  run([
    stet(home, project, "init", "--yes", "--root", ".agents"),
    stet(home, project, "sync", "--yes"),
    stet(home, project, "status"),
  ]);
  requireSameFolder(join(project, ".agents/skills"), join(project, ".claude/skills"));
  await requireInHistory(home, join(project, ".agents"), "skills");
  settleDisk();
  return { home, project };
}

/** Seconds that a bare loop takes to ask every file and folder for its stamp: what is left when all else is gone. */
function stampSeconds(project: string): number {
  const paths = readdirSync(project, { recursive: true }).map((path) => join(project, String(path)));
  const times = Array.from({ length: rounds }, () => {
    const begin = performance.now();
    for (const path of paths) lstatSync(path, { bigint: true });
    return (performance.now() - begin) / 1000;
  });
  return spreadOf(times).median;
}

/** A look at what has not changed since the last one, and one that knows of none. */
interface Look extends Comparison {
  readonly forgetful: Comparison;
  /** Seconds. */
  readonly stamps: number;
}

async function statusAgainstNode(filesEach: number): Promise<Look> {
  const { home, project } = await syncedProject(filesEach);
  const clean = JSON.parse(run([stet(home, project, "status", "--json")]).output);
  if (clean.data.rows.length > 0 || clean.data.targets.length !== 2) throw new Error("status is not clean");
  const compared = await compare(
    () => run([stet(home, project, "status")]).seconds,
    () => run([floor]).seconds,
    rounds,
  );
  const forgetful = await compare(
    () => {
      rmSync(join(home, "stet/answers"), { recursive: true });
      return run([stet(home, project, "status")]).seconds;
    },
    () => run([floor]).seconds,
    rounds,
  );
  return { ...compared, forgetful, stamps: stampSeconds(project) };
}

const milliseconds = ({ ours, peer }: Comparison) =>
  `stet ${shownNumber(ours.median * 1000)} ms, node ${shownNumber(peer.median * 1000)} ms`;
const withFloor = (compared: Look) =>
  `${milliseconds(compared)}, and ${shownNumber(compared.stamps * 1000)} ms to ask each file and folder for its stamp`;
const single = await statusAgainstNode(1);
const five = await statusAgainstNode(5);
const { words, ...inFolder } = stet(folder.path, folder.path);
const versionCommand = { ...inFolder, words: [...words.slice(0, 2), "--version"] };
const version = await compare(
  () => run([versionCommand]).seconds,
  () => run([floor]).seconds,
  rounds,
);
report([
  ratioRow(
    "stet status, 1,000 clean skills of one file, two targets, by node -e ''",
    single.ratio,
    3,
    withFloor(single),
  ),
  ratioRow(
    "stet status, 1,000 clean skills of five files, two targets, by node -e ''",
    five.ratio,
    3,
    withFloor(five),
  ),
  ratioRow(
    "stet status of the same five thousand files, remembering no look, by node -e ''",
    five.forgetful.ratio,
    3,
    milliseconds(five.forgetful),
  ),
  ratioRow("stet --version by node -e ''", version.ratio, 1.6, milliseconds(version)),
]);
