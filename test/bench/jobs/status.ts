/** `stet status` of 1,000 clean artifacts at two targets, and `stet --version`, against a Node that does nothing. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { benchFolder } from "../bench-folder.ts";
import { node, run, settleDisk, stet } from "../command.ts";
import { ratioRow, report, shownNumber } from "../report.ts";
import { type Comparison, compare } from "../rounds.ts";
import { requireInHistory, requireSameFolder } from "../same-bytes.ts";
import { writeSkills } from "../skill-files.ts";

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

async function statusAgainstNode(filesEach: number): Promise<Comparison> {
  const { home, project } = await syncedProject(filesEach);
  const clean = JSON.parse(run([stet(home, project, "status", "--json")]).output);
  if (clean.data.rows.length > 0 || clean.data.targets.length !== 2) throw new Error("status is not clean");
  return await compare(
    () => run([stet(home, project, "status")]).seconds,
    () => run([floor]).seconds,
    rounds,
  );
}

const milliseconds = ({ ours, peer }: Comparison) =>
  `stet ${shownNumber(ours.median * 1000)} ms, node ${shownNumber(peer.median * 1000)} ms`;
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
    milliseconds(single),
  ),
  ratioRow(
    "stet status, 1,000 clean skills of five files, two targets, by node -e ''",
    five.ratio,
    3,
    milliseconds(five),
  ),
  ratioRow("stet --version by node -e ''", version.ratio, 1.6, milliseconds(version)),
]);
