/** Putting all files of 1,000 skills back after they were deleted, against git checkout and an fsync of each. */
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { benchFolder } from "../bench-folder.ts";
import { run, settleDisk, stet } from "../command.ts";
import { gitAddAndCommit, gitCheckoutDurably, gitInit } from "../git-peer.ts";
import { ratioRow, report, shownNumber } from "../report.ts";
import { compare } from "../rounds.ts";
import { requireSameFolder } from "../same-bytes.ts";
import { writeSkills } from "../skill-files.ts";

using folder = benchFolder();
const pattern = join(folder.path, "pattern");
const project = join(folder.path, "ours");
const home = join(folder.path, "home");
const gitProject = join(folder.path, "git");
const skills = ".claude/skills";
writeSkills(join(pattern, skills), 1000, 5);
for (const copy of [project, gitProject]) cpSync(pattern, copy, { recursive: true });
gitInit(gitProject);
run(gitAddAndCommit(gitProject));
run([stet(home, project, "init", "--yes")]);

function withoutFiles(place: string): void {
  rmSync(join(place, skills), { recursive: true });
  settleDisk();
}

const result = await compare(
  () => {
    withoutFiles(project);
    const { seconds } = run([stet(home, project, "restore", "--yes")]);
    requireSameFolder(join(pattern, skills), join(project, skills));
    return seconds;
  },
  () => {
    withoutFiles(gitProject);
    const { seconds } = run(gitCheckoutDurably(gitProject));
    requireSameFolder(join(pattern, skills), join(gitProject, skills));
    return seconds;
  },
);
report([
  ratioRow(
    "restore of 1,000 skills (5,000 files) by git checkout + fsync of every file",
    result.ratio,
    1,
    `stet ${shownNumber(result.ours.median)} s (records the loss first), git ${shownNumber(result.peer.median)} s`,
  ),
]);
