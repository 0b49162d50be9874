/** First import of 1,000 skills, five files of 4 KB each, with the secret scan, against git add and commit. */
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { benchFolder } from "../bench-folder.ts";
import { run, settleDisk, stet } from "../command.ts";
import { gitAddAndCommit, gitExport, gitInit } from "../git-peer.ts";
import { ratioRow, report, shownNumber } from "../report.ts";
import { compare } from "../rounds.ts";
import { requireInHistory, requireSameFolder } from "../same-bytes.ts";
import { plantSecret, writeSkills } from "../skill-files.ts";

using folder = benchFolder();
const pattern = join(folder.path, "pattern");
writeSkills(join(pattern, ".claude/skills"), 1000, 5);
plantSecret(join(pattern, ".claude/skills"), 500);
let secretFound = true;

/** A fresh copy of the skills, all of it on disk. */
function freshProject(name: string): string {
  const project = join(folder.path, name);
  mkdirSync(project);
  cpSync(pattern, project, { recursive: true });
  settleDisk();
  return project;
}

const result = await compare(
  async (round) => {
    const project = freshProject(`ours-${round}`);
    const home = join(folder.path, `home-${round}`);
    const { seconds, output } = run([stet(home, project, "init", "--yes", "--json")]);
    secretFound &&= output.includes("W-SECRET");
    await requireInHistory(home, join(project, ".claude"), "skills");
    return seconds;
  },
  (round) => {
    const project = freshProject(`git-${round}`);
    gitInit(project);
    const { seconds } = run(gitAddAndCommit(project));
    const exported = join(folder.path, `exported-${round}`);
    gitExport(project, exported);
    requireSameFolder(join(exported, ".claude"), join(project, ".claude"));
    return seconds;
  },
);
const scanned = secretFound
  ? "the planted secret was found"
  : "THE SECRET SCAN DID NOT RUN: not comparable yet";
report([
  ratioRow(
    "first import of 1,000 skills (5,000 files) by git add + commit",
    result.ratio,
    0.5,
    `stet ${shownNumber(result.ours.median)} s, git ${shownNumber(result.peer.median)} s; ${scanned}`,
  ),
]);
