/** Saving ten changed skills of 1,000, against git add and commit: natively, and where an fsync costs 2 ms. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { benchFolder } from "../bench-folder.ts";
import { run, settleDisk, stet } from "../command.ts";
import { gitAddAndCommit, gitExport, gitInit } from "../git-peer.ts";
import { ratioRow, report, shownNumber, skippedRow } from "../report.ts";
import { compare } from "../rounds.ts";
import { requireInHistory, requireSameFolder } from "../same-bytes.ts";
import { editSkills, writeSkills } from "../skill-files.ts";
import { straceProblem } from "../strace.ts";

const count = 1000;
using folder = benchFolder();
const project = join(folder.path, "ours");
const home = join(folder.path, "home");
const gitProject = join(folder.path, "git");
writeSkills(join(project, ".claude/skills"), count, 5);
cpSync(project, gitProject, { recursive: true });
gitInit(gitProject);
run(gitAddAndCommit(gitProject));
run([stet(home, project, "init", "--yes")]);

async function measure(label: string, delayed: boolean) {
  return await compare(
    (round) => {
      editSkills(join(project, ".claude/skills"), count, 10, `Round ${label} ${round}.`);
      settleDisk();
      return run([stet(home, project, "save", "-m", "save")], { delayed }).seconds;
    },
    (round) => {
      editSkills(join(gitProject, ".claude/skills"), count, 10, `Round ${label} ${round}.`);
      settleDisk();
      return run(gitAddAndCommit(gitProject), { delayed }).seconds;
    },
  );
}

const job = "next import, 10 of 1,000 skills changed, by git add + commit";
const problem = straceProblem();
const native = await measure("native", false);
const delayed = problem === null ? await measure("delayed", true) : null;
await requireInHistory(home, join(project, ".claude"), "skills");
gitExport(gitProject, join(folder.path, "exported"));
requireSameFolder(join(folder.path, "exported/.claude/skills"), join(project, ".claude/skills"));

const note = ({ ours, peer }: Awaited<ReturnType<typeof measure>>) =>
  `stet ${shownNumber(ours.median)} s, git ${shownNumber(peer.median)} s; one file of each skill changed`;
report([
  delayed === null
    ? skippedRow(`${job}, an fsync costs 2 ms more`, "at most 1 x", problem ?? "")
    : ratioRow(`${job}, an fsync costs 2 ms more`, delayed.ratio, 1, note(delayed)),
  ratioRow(`${job}, natively`, native.ratio, 1.5, note(native)),
]);
