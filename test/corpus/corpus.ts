import { cpSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** The folder with files of public projects, beside the repository. */
export const corpusFolder = join(import.meta.dirname, "../../../shared/corpus");

/** Says aloud where the corpus is absent: a test that was not run is not one that passed. */
export function isCorpusThere(): boolean {
  if (existsSync(corpusFolder)) return true;
  console.warn(`SKIPPED ALOUD: there is no corpus at ${corpusFolder}, so nothing was tried on real input.`);
  return false;
}

/** One project of the corpus, to be copied under `.claude/`. */
export interface CorpusProject {
  readonly name: string;
  readonly copyTo: (claudeFolder: string) => void;
}

export function corpusProjects(): readonly CorpusProject[] {
  const plugins = foldersIn("wshobson-agents").map((name) => project(name, `wshobson-agents/${name}`, ""));
  const categories = foldersIn("voltagent-subagents").map((name) =>
    project(name, `voltagent-subagents/${name}`, "agents"),
  );
  return [...plugins, ...categories, project("superpowers", "superpowers", "")];
}

function project(name: string, source: string, below: string): CorpusProject {
  return {
    name,
    copyTo: (claudeFolder) => {
      const folder = join(claudeFolder, below);
      mkdirSync(folder, { recursive: true });
      cpSync(join(corpusFolder, source), folder, { recursive: true });
    },
  };
}

function foldersIn(folder: string): readonly string[] {
  const all = readdirSync(join(corpusFolder, folder));
  return all.filter((name) => statSync(join(corpusFolder, folder, name)).isDirectory()).sort();
}
