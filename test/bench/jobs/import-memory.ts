/** Peak memory of `stet init` on 10,000 artifacts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { benchFolder } from "../bench-folder.ts";
import { run, stet } from "../command.ts";
import { type Row, report, shownNumber } from "../report.ts";
import { requireInHistory } from "../same-bytes.ts";
import { writeSkills } from "../skill-files.ts";

const artifacts = 10_000;
const megabytesMax = 250;
const preload = fileURLToPath(new URL("../peak-memory.mjs", import.meta.url));
using folder = benchFolder();

async function importRow(filesEach: number): Promise<Row> {
  const project = join(folder.path, `project-${filesEach}`);
  const home = join(folder.path, `home-${filesEach}`);
  const figure = join(folder.path, `memory-${filesEach}`);
  writeSkills(join(project, ".claude/skills"), artifacts, filesEach);
  const { words, folder: cwd, variables } = stet(home, project, "init", "--yes");
  const [program = "", ...rest] = words;
  const { seconds } = run([
    {
      words: [program, "--import", preload, ...rest],
      folder: cwd,
      variables: { ...variables, STET_BENCH_MEMORY: figure },
    },
  ]);
  const files = await requireInHistory(home, join(project, ".claude"), "skills");
  const megabytes = (Number(readFileSync(figure, "utf8")) * 1024) / 1e6;
  return {
    job: `peak memory of init, ${artifacts.toLocaleString("en")} skills, ${files.toLocaleString("en")} files of 4 KB`,
    measured: `${shownNumber(megabytes)} MB`,
    goal: `at most ${megabytesMax} MB`,
    reached: megabytes <= megabytesMax,
    note: `resident set at its highest; ${shownNumber(seconds)} s`,
  };
}

report([await importRow(1), await importRow(5)]);
