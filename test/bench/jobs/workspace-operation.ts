/** Fsyncs of one operation on f files in d folders, counted from outside. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { childCommand } from "../bench-child.ts";
import { benchFolder } from "../bench-folder.ts";
import { type Row, report, skippedRow } from "../report.ts";
import { countSyncs, straceProblem } from "../strace.ts";

const cases = [
  { kind: "replace", what: "replaced", files: 100, folders: 20 },
  { kind: "create", what: "created in new folders", files: 100, folders: 20 },
  { kind: "remove", what: "removed", files: 100, folders: 20 },
  { kind: "replace", what: "replaced", files: 1, folders: 1 },
] as const;

using folder = benchFolder();
const problem = straceProblem();
report(cases.map((one, index) => rowOf(one, index)));

function rowOf({ kind, what, files, folders }: (typeof cases)[number], index: number): Row {
  const job = `workspace operation, ${files} files ${what} in ${folders} folders, fsyncs`;
  const budget = files + 2 * folders + 2;
  const goal = `at most ${budget} (f + 2d + 2)`;
  if (problem !== null) return skippedRow(job, goal, problem);
  const project = join(folder.path, `project-${index}`);
  mkdirSync(project);
  const child = childCommand("writing-child", project, kind, String(files), String(folders));
  const { marked } = countSyncs(child, folder.path);
  return { job, measured: String(marked), goal, reached: marked <= budget, note: "counted with strace" };
}
