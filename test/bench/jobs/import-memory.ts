/** Peak memory of `stet init` on 10,000 artifacts, and of what else goes through all of them. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { benchFolder } from "../bench-folder.ts";
import { run, stet } from "../command.ts";
import { type Row, report, shownNumber } from "../report.ts";
import { requireInHistory, requireSameFolder } from "../same-bytes.ts";
import { editSkills, writeSkills } from "../skill-files.ts";

const artifacts = 10_000;
const megabytesMax = 250;
const preload = fileURLToPath(new URL("../peak-memory.mjs", import.meta.url));
using folder = benchFolder();

/** One project with its home, and how much its commands take. */
class MeasuredProject {
  readonly path: string;
  readonly home: string;
  readonly skills: string;
  readonly #filesEach: number;

  constructor(filesEach: number) {
    this.path = join(folder.path, `project-${filesEach}`);
    this.home = join(folder.path, `home-${filesEach}`);
    this.skills = join(this.path, ".claude/skills");
    this.#filesEach = filesEach;
    writeSkills(this.skills, artifacts, filesEach);
  }

  /** Runs a command, and gives the row of its peak. */
  measure(goal: number | null, ...words: readonly string[]): Row {
    const figure = join(folder.path, "memory");
    const command = stet(this.home, this.path, ...words);
    const [program = "", ...rest] = command.words;
    const { seconds } = run([
      {
        words: [program, "--import", preload, ...rest],
        folder: command.folder,
        variables: { ...command.variables, STET_BENCH_MEMORY: figure },
      },
    ]);
    const megabytes = (Number(readFileSync(figure, "utf8")) * 1024) / 1e6;
    const files = artifacts * this.#filesEach;
    return {
      job: `peak memory of ${words[0]}, ${artifacts.toLocaleString("en")} skills, ${files.toLocaleString("en")} files of 4 KB`,
      measured: `${shownNumber(megabytes)} MB`,
      goal: goal === null ? "printed" : `at most ${goal} MB`,
      reached: goal === null ? null : megabytes <= goal,
      note: `resident set at its highest; ${shownNumber(seconds)} s`,
    };
  }
}

const small = new MeasuredProject(1);
report([small.measure(megabytesMax, "init", "--yes")]);
await requireInHistory(small.home, join(small.path, ".claude"), "skills");
const large = new MeasuredProject(5);
report([large.measure(megabytesMax, "init", "--yes")]);
await requireInHistory(large.home, join(large.path, ".claude"), "skills");

const exported = join(folder.path, "exported");
report([large.measure(null, "export", exported)]);
requireSameFolder(join(exported, ".claude/skills"), large.skills);
report([large.measure(null, "verify")]);
editSkills(large.skills, artifacts, artifacts, "One more line.");
report([large.measure(null, "save")]);
rmSync(large.skills, { recursive: true });
report([large.measure(null, "restore", "--yes")]);
await requireInHistory(large.home, join(large.path, ".claude"), "skills");
